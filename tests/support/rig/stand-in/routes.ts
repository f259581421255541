import type { Page, Route } from 'playwright-core';
import { toAppAddress } from '../origins.ts';
import { rig } from './rig.ts';

/** Decides whether a navigation may continue. */
export type MayNavigate = (address: string, isMainFrame: boolean) => boolean;

/**
 * Answers all requests of a page: our schemes by their handlers, as a complete body; there is no other network. A
 * refused navigation leaves the page unchanged.
 */
export async function routeAll(page: Page, mayNavigate: MayNavigate): Promise<void> {
  await page.route('**/*', async (route) => {
    const request = route.request();
    const address = toAppAddress(request.url(), rig.schemes);
    if (request.isNavigationRequest() && !mayNavigate(address, request.frame() === page.mainFrame())) {
      await route.abort('aborted');
      return;
    }
    await answer(route, address);
  });
}

async function answer(route: Route, address: string): Promise<void> {
  const handler = rig.schemeHandlers.get(URL.parse(address)?.protocol.slice(0, -1) ?? '');
  if (handler === undefined) {
    await route.abort('blockedbyclient');
    return;
  }
  const request = route.request();
  const method = request.method();
  const body = request.postDataBuffer();
  try {
    const init = body === null ? {} : { body: new Uint8Array(body) };
    const response = await handler(new Request(address, { method, headers: request.headers(), ...init }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  } catch (error) {
    // The page was closed meanwhile, or the handler failed: for the page both are a failed request.
    process.stderr.write(`${request.url()}: ${String(error)}\n`);
    await route.abort('failed').catch(() => undefined);
  }
}
