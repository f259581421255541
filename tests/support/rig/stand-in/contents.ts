import type { WebContents } from 'electron';
import type { Frame, Page } from 'playwright-core';
import { runPreload, type PageNames } from '../in-page.ts';
import { toAppAddress } from '../origins.ts';
import { clonePlain } from '../plain-data.ts';
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';
import { sizeOfImage } from './desktop.ts';
import { endRenderers, rig, tell } from './rig.ts';
import { routeAll } from './routes.ts';

const names: PageNames = { invoke: '__rigInvoke', fault: '__rigFault', delivery: 'contact-sheet rig' };

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export type ContentsParts = {
  readonly openPage: () => Promise<Page>;
  /** Called when the window's page was closed. */
  readonly closed: (page: Page) => void;
  /** Called when the page has loaded, with the address that the page sees. */
  readonly loaded: (address: string) => void;
};

/** Creates a window's contents: a page in real Chromium, with the preload before its scripts, and IPC both ways. */
export function createContents(preload: string, { openPage, closed, loaded }: ContentsParts) {
  const events = createEmitter('webContents', [
    ...['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview', 'did-finish-load'],
    ...['render-process-gone', 'unresponsive', 'responsive', 'did-navigate', 'destroyed'],
  ]);
  let page: Page | undefined;
  let loading = '';
  let current = '';
  let openHandler: OpenHandler | undefined;

  const mayNavigate = (address: string, isMainFrame: boolean) => {
    // Loads by the app itself need no permission.
    if (isMainFrame && loading === address) return true;
    const details = { url: address, isMainFrame, isSameDocument: false, frame: null, initiator: null };
    const allowed = events.allows('will-frame-navigate', details);
    return isMainFrame ? events.allows('will-navigate', details, address) && allowed : allowed;
  };
  async function prepare(): Promise<Page> {
    const newPage = await openPage();
    newPage.on('close', () => {
      if (newPage !== page) return;
      events.emit('destroyed');
      closed(newPage);
    });
    // From here on the page is another document.
    newPage.on('response', (response) => {
      const request = response.request();
      if (request.isNavigationRequest() && request.frame() === newPage.mainFrame()) events.emit('did-navigate');
    });
    newPage.on('crash', () => events.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }));
    await routeAll(newPage, mayNavigate);
    await newPage.exposeBinding(names.invoke, ({ frame }, channel: string, args: unknown[]) =>
      invoke({ frame, sender: known }, channel, args),
    );
    await newPage.exposeBinding(names.fault, (_source, text: string) => tell({ kind: 'fault', text }));
    const wrapped = `function (require, module, exports) {${preload}\n}`;
    await newPage.addInitScript(
      `(${runPreload.toString()})(${wrapped}, ${JSON.stringify(names)}, ${clonePlain.toString()});`,
    );
    newPage.on('pageerror', (error) => tell({ kind: 'fault', text: `page error: ${error.stack ?? error.message}` }));
    newPage.on('console', (message) => {
      if (message.type() === 'error')
        tell({ kind: 'fault', text: `console: ${message.text()} ${message.location().url}` });
    });
    newPage.on('popup', (popup) => {
      if (openHandler?.({ url: popup.url() } as Parameters<OpenHandler>[0]).action !== 'allow') void popup.close();
    });
    return newPage;
  }
  const known = strict('webContents', {
    ...events.listening,
    isDestroyed: () => page?.isClosed() ?? false,
    reload: () => void reload(),
    forcefullyCrashRenderer: () => void endRenderers(),
    startDrag({ file, files, icon }) {
      if (typeof icon === 'string') throw new Error('The rig drags with an image of nativeImage.');
      tell({ kind: 'did', what: 'startDrag', value: { file, files, icon: sizeOfImage(icon) } });
    },
    setWindowOpenHandler: (handler) => void (openHandler = handler),
    send(channel, ...args) {
      const crossing = clonePlain(args);
      // As in Electron, this isn't awaited, and a page that is closing misses it.
      page?.evaluate(deliver, { symbol: names.delivery, channel, args: crossing }).catch(() => undefined);
    },
  } satisfies Partial<Record<keyof WebContents, unknown>> & Partial<Omit<WebContents, 'on' | 'once' | 'off'>>);
  async function load(address: string): Promise<void> {
    page ??= await prepare();
    current = address;
    loading = toAppAddress(address, rig.schemes);
    await page.goto(address, { waitUntil: 'load' });
    loading = '';
    events.emit('did-finish-load');
  }
  /** Reloads in a new page, as Playwright can't reuse one whose process has ended. */
  async function reload(): Promise<void> {
    const old = page;
    page = undefined;
    await old?.close();
    await load(current);
    loaded(current);
  }
  return { known, load, page: () => page, tellLoaded: () => loaded(current), emit: events.emit };
}

type Delivery = { readonly symbol: string; readonly channel: string; readonly args: unknown };

/** Runs in the page. */
function deliver({ symbol, channel, args }: Delivery): void {
  const receive = Reflect.get(globalThis, Symbol.for(symbol)) as ((channel: string, args: unknown) => void) | undefined;
  receive?.(channel, args);
}

async function invoke(
  { frame, sender }: { readonly frame: Frame; readonly sender: object },
  channel: string,
  args: readonly unknown[],
) {
  const handler = rig.invokeHandlers.get(channel);
  if (handler === undefined) return { error: `Error invoking remote method '${channel}': no handler registered` };
  try {
    return { value: clonePlain(await handler({ senderFrame: describeFrame(frame), sender }, ...args)) };
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}

/** Describes the supported part of `senderFrame`. */
function describeFrame(frame: Frame): object {
  const parent = frame.parentFrame();
  return strict('WebFrameMain', {
    url: toAppAddress(frame.url(), rig.schemes),
    parent: parent === null ? null : describeFrame(parent),
  });
}
