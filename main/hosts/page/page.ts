import { readFile } from 'node:fs/promises';
import type { Theme } from '../../domain/settings.ts';
import { answer, refusal } from './answers.ts';
import { listInterfaceFiles, type InterfaceFile } from './interface-files.ts';
import { answerPicture, readPicturePath, type OpenPicture } from './picture-answer.ts';

export type PageDeps = {
  /** The built interface: index.html and hashed files in assets/. */
  readonly interfaceFolder: string;
  readonly openPicture: OpenPicture;
  /** Asked whenever the page is loaded, so that its first paint has the right colours. */
  readonly theme: () => Theme | Promise<Theme>;
};

/** Serves the interface and the pictures, to a window and to a browser alike. */
export type Page = (request: Request) => Promise<Response>;

export function createPage({ interfaceFolder, openPicture, theme }: PageDeps): Page {
  // Read again with each load of the page: what was built meanwhile has other names.
  let files = listInterfaceFiles(interfaceFolder);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refusal(request, 405, 'Pages and pictures can only be read.', { Allow: 'GET, HEAD' });
    }
    const path = new URL(request.url).pathname;
    const picture = readPicturePath(path);
    if (picture !== undefined) return answerPicture(request, picture, openPicture);
    if (path === '/') {
      files = listInterfaceFiles(interfaceFolder);
      return answerIndex(request, files.get('/index.html'), theme);
    }
    const file = path === '/index.html' ? undefined : files.get(path);
    return file === undefined ? nothing(request) : answerFile(request, file);
  };
}

function nothing(request: Request): Response {
  return refusal(request, 404, 'There is nothing here.');
}

async function answerIndex(
  request: Request,
  index: InterfaceFile | undefined,
  theme: PageDeps['theme'],
): Promise<Response> {
  if (index === undefined) {
    return refusal(request, 503, 'The interface is not built yet: run `npm run build`, then start this again.');
  }
  const body = withTheme(await readFile(index.path, 'utf8'), await theme());
  return answer(request, { status: 200, headers: { 'Content-Type': index.contentType }, body });
}

/** The first tag of the page names its theme. */
function withTheme(html: string, theme: Theme): string {
  return html.replace(/(<html\b[^>]*\sdata-theme=")[^"]*(")/, (_all, before: string, after: string) => {
    return before + theme + after;
  });
}

async function answerFile(request: Request, { path, contentType, immutable }: InterfaceFile): Promise<Response> {
  const caching = immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  const body = await readFile(path).catch(() => undefined);
  if (body === undefined) return nothing(request);
  const headers = { 'Content-Type': contentType, 'Content-Length': String(body.length), 'Cache-Control': caching };
  return answer(request, { status: 200, headers, body });
}
