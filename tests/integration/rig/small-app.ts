import { startApp } from '../../../main/hosts/electron/app/start.ts';

const policy = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'";
const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/': [
    'text/html',
    '<!doctype html><title>Contact Sheet</title><script defer src="/interface.js"></script><p>Hello</p>',
  ],
  '/interface.js': ['text/javascript', "document.querySelector('p')?.setAttribute('data-ran', 'yes');"],
};

/** Serves a minimal page, to test what applies to every page in the window. */
startApp(() => async (request) => {
  const [type, body] = files[new URL(request.url).pathname] ?? [];
  const headers = { 'Content-Security-Policy': policy, 'Content-Type': type ?? 'text/plain' };
  return body === undefined ? new Response('', { status: 404, headers }) : new Response(body, { headers });
});
