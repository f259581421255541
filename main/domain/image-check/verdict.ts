/** The formats whose structure is known here, by the names that the catalogue keeps. */
export type ImageType = 'png' | 'jpeg' | 'gif' | 'webp' | 'svg' | 'bmp' | 'ico' | 'avif' | 'heic' | 'tiff';

export type ImageFlaw = 'empty' | 'web-page' | 'not-a-picture' | 'cut-off';

export type WholeImage = {
  readonly whole: true;
  readonly type: ImageType;
  /** Pixels as they are seen, with the file's own orientation applied. Null where the file does not say (an SVG without a size). */
  readonly width: number | null;
  readonly height: number | null;
  /** More than one frame; for an SVG, whether it holds an animation element. */
  readonly animated: boolean;
  /** An oddity that doesn't keep viewers from showing it. */
  readonly note?: string;
};

export type ImageVerdict = WholeImage | { readonly whole: false; readonly code: ImageFlaw; readonly message: string };

export function wholeImage(
  type: ImageType,
  size: { readonly width: number | null; readonly height: number | null },
  animated = false,
): WholeImage {
  return { whole: true, type, width: size.width, height: size.height, animated };
}

/** A picture that viewers show although its format's own end is missing. `instead` continues "The … picture". */
export function withoutEnd(picture: WholeImage, format: string, instead: string): WholeImage {
  return { ...picture, note: `The ${format} picture has no end mark: ${instead}.` };
}

export function emptyFile(): ImageVerdict {
  return flaw('empty', 'The server sent an empty file.');
}

export function webPage(): ImageVerdict {
  return flaw(
    'web-page',
    'The server sent a web page instead of the picture, such as a login or an error page. Open its URL in a browser to see what it says.',
  );
}

/** `what` continues "The server sent …". */
export function notAnImage(what = 'a file that is no known kind of picture'): ImageVerdict {
  return flaw('not-a-picture', `The server sent ${what}.`);
}

/** It began like a picture, and then broke the format's own rules. */
export function damaged(format: string): ImageVerdict {
  return notAnImage(`a file that begins like a ${format} picture but is damaged inside`);
}

/** `format` as people write it, '' where it is not known yet. */
export function cutOff(format: string): ImageVerdict {
  const subject = format === '' ? 'The file' : `The ${format} picture`;
  return flaw('cut-off', `${subject} ends too early: a part of it is missing.`);
}

function flaw(code: ImageFlaw, message: string): ImageVerdict {
  return { whole: false, code, message };
}
