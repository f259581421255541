import { EventEmitter } from 'node:events';
import { settingsVariable, type RigMessage, type RigSettings } from '../messages.ts';
import { launchChromium, type Chromium } from './chromium.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;
export type Invoked = (event: object, ...args: unknown[]) => unknown;

/** The shared state of the stand-in, one per process, as it represents one running Electron. */
export const rig = {
  settings: JSON.parse(process.env[settingsVariable] ?? '{}') as RigSettings,
  /** True once the app is ready, when schemes can no longer be registered. */
  isReady: false,
  schemes: new Set<string>(),
  schemeHandlers: new Map<string, SchemeHandler>(),
  invokeHandlers: new Map<string, Invoked>(),
  isFocused: false,
  /** Internal events: `all-closed`, `contents-created`. */
  inside: new EventEmitter(),
};

let launched: Promise<Chromium> | undefined;

export async function startChromium(profile: string): Promise<void> {
  launched = launchChromium(profile, rig.settings);
  await launched;
}

export async function runningChromium(): Promise<Chromium> {
  if (launched === undefined) throw new Error('The rig has no Chromium before the app is ready.');
  return launched;
}

export async function endChromium(): Promise<void> {
  await (await launched)?.context.close();
}

/** Kills the renderer processes, as a hanging one wouldn't respond to DevTools. */
export async function endRenderers(): Promise<void> {
  const session = await (await runningChromium()).context.browser()?.newBrowserCDPSession();
  if (session === undefined) throw new Error('The rig does not reach its Chromium.');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
}

export function tell(message: RigMessage): void {
  if (process.connected) process.send?.(message);
}
