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
  /** Asked whenever the page is loaded, so that its first paint has the right colours. */
  readonly theme: () => Theme | Promise<Theme>;
  /** The locales that whoever asks prefers, the best first; what the request says unless given. */
  readonly languages?: (request: Request) => readonly string[];
};

/** Serves the interface and the pictures, to a window and to a browser alike. */
export type Page = (request: Request) => Promise<Response>;

export function createPage({ interfaceFolder, openPicture, theme, languages = readAcceptLanguage }: PageDeps): Page {
  // Read again with each load of the page: what was built meanwhile has other names.
  let files = listInterfaceFiles(interfaceFolder);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refusal(request, 405, 'Pages and pictures can only be read.', { Allow: 'GET, HEAD' });
    }
    const path = new URL(request.url).pathname;
    const picture = readImagePath(path);
    if (picture !== undefined) return respondWithImage(request, picture, openPicture);
    if (path === '/') {
      files = listInterfaceFiles(interfaceFolder);
      return answerIndex(request, files.get('/index.html'), { theme: await theme(), wanted: languages(request) });
    }
    const file = path === '/index.html' ? undefined : files.get(path);
    return file === undefined ? nothing(request) : answerFile(request, file);
  };
}

function nothing(request: Request): Response {
  return refusal(request, 404, 'There is nothing here.');
}

type Look = { readonly theme: Theme; readonly wanted: readonly string[] };

async function answerIndex(request: Request, index: InterfaceFile | undefined, look: Look): Promise<Response> {
  if (index === undefined) {
    return refusal(request, 503, 'The interface is not built yet: run `npm run build`, then start this again.');
  }
  const body = fillIn(await readFile(index.path, 'utf8'), look);
  return answer(request, { status: 200, headers: { 'Content-Type': index.contentType }, body });
}

/** The first tag of the page names its language, its direction and its theme, so that its first paint has them. */
function fillIn(html: string, { theme, wanted }: Look): string {
  const lang = chooseLanguage(wanted);
  const values = Object.entries({ lang, dir: directionOf(lang), 'data-theme': theme });
  return html.replace(/<html\b[^>]*>/, (tag) =>
    values.reduce((text, [name, value]) => text.replace(new RegExp(`(\\s${name}=")[^"]*(")`), `$1${value}$2`), tag),
  );
}

async function answerFile(request: Request, { path, contentType, immutable }: InterfaceFile): Promise<Response> {
  const caching = immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  const body = await readFile(path).catch(() => undefined);
  if (body === undefined) return nothing(request);
  const headers = { 'Content-Type': contentType, 'Content-Length': String(body.length), 'Cache-Control': caching };
  return answer(request, { status: 200, headers, body });
}
