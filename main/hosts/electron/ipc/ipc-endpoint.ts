import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Dispatch } from '../../../dispatch.ts';
import { failure } from '../../../domain/failure.ts';
import { fail, type Result } from '../../../domain/result.ts';
import { createPageClient, type PageClient } from '../../shared/page/page-client.ts';
import { isOwnAddress } from '../window/app-url.ts';

/** The checked part of the calling frame. */
export type Sender = { readonly url: string; readonly parent: unknown } | null;

/** Answers calls; checks the frame of each, as any page in a window could make one. */
export function openIpcEndpoint(ipcMain: Pick<IpcMain, 'handle'>, dispatch: Dispatch): void {
  const clients = new WeakMap<object, PageClient>();
  const clientOf = (contents: Pick<WebContents, 'on'>): PageClient => {
    const known = clients.get(contents);
    if (known !== undefined) return known;
    const client = createPageClient(dispatch);
    clients.set(contents, client);
    // The page navigated, its process ended, or the window closed.
    contents.on('did-navigate', client.leave);
    contents.on('render-process-gone', client.leave);
    contents.on('destroyed', client.leave);
    return client;
  };
  ipcMain.handle('call', (event: IpcMainInvokeEvent, name: unknown, input: unknown) =>
    answerCall(event.senderFrame, { name, input }, clientOf(event.sender).dispatch),
  );
}

/** Answers only the interface's own page, in the top frame of its window. */
export async function answerCall(
  sender: Sender,
  { name, input }: { readonly name: unknown; readonly input: unknown },
  dispatch: Dispatch,
): Promise<Result<unknown>> {
  if (sender?.parent !== null || !isOwnAddress(sender.url)) {
    return fail(failure('not-permitted', 'Only the window of Contact Sheet itself may ask this.'));
  }
  if (typeof name !== 'string') return fail(failure('unknown-command', 'There is no such command.'));
  return dispatch(name, input);
}
