import { readFile } from 'node:fs/promises';
import type { Theme } from '../../../domain/settings.ts';
import { chooseLanguage, directionOf } from '../../../domain/language.ts';
import { readAcceptLanguage } from './accept-language.ts';
import { answer, refusal } from './responses.ts';
import { listInterfaceFiles, type InterfaceFile } from './interface-files.ts';
import { respondWithImage, readImagePath, type OpenImageFile } from './image-response.ts';

export type PageDeps = {
  /** The built interface: index.html and hashed files in assets/. */
  readonly interfaceFolder: string;
  readonly openPicture: OpenImageFile;
  /** Called on each page load, so that the first paint has the right colours. */
  readonly theme: () => Theme | Promise<Theme>;
  /** Returns the locales that the client prefers, best first; defaults to those of the request. */
  readonly languages?: (request: Request) => readonly string[];
};

/** Serves the interface and images, to a window and a browser alike. */
export type Page = (request: Request) => Promise<Response>;

export function createPage({ interfaceFolder, openPicture, theme, languages = readAcceptLanguage }: PageDeps): Page {
  // Read again on each page load, as a newer build has other file names.
  let files = listInterfaceFiles(interfaceFolder);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refusal(request, 405, 'Pages and pictures can only be read.', { Allow: 'GET, HEAD' });
    }
    const path = new URL(request.url).pathname;
    const image = readImagePath(path);
    if (image !== undefined) return respondWithImage(request, image, openPicture);
    if (path === '/') {
      files = listInterfaceFiles(interfaceFolder);
      return respondWithIndex(request, files.get('/index.html'), { theme: await theme(), locales: languages(request) });
    }
    const file = path === '/index.html' ? undefined : files.get(path);
    return file === undefined ? notFound(request) : respondWithFile(request, file);
  };
}

function notFound(request: Request): Response {
  return refusal(request, 404, 'There is nothing here.');
}

type PageAttributes = { readonly theme: Theme; readonly locales: readonly string[] };

async function respondWithIndex(
  request: Request,
  index: InterfaceFile | undefined,
  attributes: PageAttributes,
): Promise<Response> {
  if (index === undefined) {
    return refusal(request, 503, 'The interface is not built yet: run `npm run build`, then start this again.');
  }
  const body = fillIn(await readFile(index.path, 'utf8'), attributes);
  return answer(request, { status: 200, headers: { 'Content-Type': index.contentType }, body });
}

/** Sets the page's language, direction and theme in its first tag, so that its first paint has them. */
function fillIn(html: string, { theme, locales }: PageAttributes): string {
  const lang = chooseLanguage(locales);
  const values = Object.entries({ lang, dir: directionOf(lang), 'data-theme': theme });
  return html.replace(/<html\b[^>]*>/, (tag) =>
    values.reduce((text, [name, value]) => text.replace(new RegExp(`(\\s${name}=")[^"]*(")`), `$1${value}$2`), tag),
  );
}

async function respondWithFile(request: Request, { path, contentType, immutable }: InterfaceFile): Promise<Response> {
  const caching = immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  const body = await readFile(path).catch(() => undefined);
  if (body === undefined) return notFound(request);
  const headers = { 'Content-Type': contentType, 'Content-Length': String(body.length), 'Cache-Control': caching };
  return answer(request, { status: 200, headers, body });
}
