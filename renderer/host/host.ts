import type { HostClient } from '../../main/contract/commands/host.ts';
import type { RpcClient } from '../client/connect.svelte.ts';

/** What only a window of the desktop app can do; undefined in a browser. */
export function hostOf(door: Pick<RpcClient, 'call' | 'isBrowser'>): HostClient | undefined {
  // The same door: its host parses what comes and answers as that table says.
  return door.isBrowser ? undefined : door.call;
}

/** The folder that the user chose in the system's dialog; undefined where there is none, or it was cancelled. */
export async function chooseFolder(door: RpcClient, from: string | null): Promise<string | undefined> {
  const chosen = await hostOf(door)?.('host.chooseFolder', { from });
  return chosen?.ok === true ? (chosen.value ?? undefined) : undefined;
}
