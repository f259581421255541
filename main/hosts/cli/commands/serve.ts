import { unexpected } from '../../../dispatch.ts';
import { failure, type Failure } from '../../../domain/failure.ts';
import { findInterface } from '../../shared/node/interface-folder.ts';
import { openBrowser } from '../../shared/node/open-browser.ts';
import { createPage } from '../../shared/page/page.ts';
import { startWebHost } from '../../web/web-host.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { ServeSession } from '../session.ts';

export type ServeOptions = { readonly port: number; readonly open?: boolean };

/** Serves the interface until it is stopped, which counts as success. */
export async function serveCommand(session: ServeSession, { port, open = false }: ServeOptions): Promise<number> {
  const { output, signal, lost, environment, platform, home } = session;
  const interfaceFolder = findInterface(environment);
  if (interfaceFolder === undefined) return refuse(session, notBuilt);
  let removeRedirect: (() => void) | undefined;
  const host = await startWebHost({
    page: createPage({ interfaceFolder, openPicture: session.openPicture, theme: session.theme }),
    door: { dispatch: session.dispatch, listen: session.listen },
    port,
    report: session.report,
    announce(url) {
      output.line(url);
      output.event({ event: 'listening', url });
      if (open) removeRedirect ??= openBrowser(url, { platform, environment, folder: home });
    },
    entered: () => removeRedirect?.(),
  });
  if (!host.ok) return refuse(session, host.error);
  session.warm();
  output.note('Open this address in a browser on this computer. It works once. Press Ctrl+C to stop.');
  await Promise.race([aborted(signal), aborted(lost)]);
  removeRedirect?.();
  await host.value.close();
  return lost.aborted ? refuse(session, unexpected(session.report(lost.reason))) : 0;
}

const notBuilt = failure(
  'nothing-known',
  'The interface is not built yet. Run `npm run build` in the folder of Contact Sheet, then serve again.',
);

function refuse({ output }: ServeSession, error: Failure): number {
  output.failed(error, 'event');
  return exitCodeOf(error.code);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
