import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumProgram } from '../chromium.ts';
import { watchAnswers } from '../watchdog.ts';
import { lives, untilGone } from './lives.ts';
import { settingsVariable, type RigMessage, type RigOrder, type RigSettings } from './messages.ts';

const rigMain = fileURLToPath(new URL('./rig-main.ts', import.meta.url));

export type RigOptions = {
  /** The built main program. */
  readonly bundle: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The program's arguments. */
  readonly args?: readonly string[];
  readonly theme?: RigSettings['theme'];
  readonly screens?: RigSettings['screens'];
  readonly languages?: RigSettings['languages'];
  readonly packed?: RigSettings['packed'];
  readonly platform?: RigSettings['platform'];
  readonly fault?: (text: string) => void;
  /** Receives the report of a page that hangs; `fault` by default. */
  readonly frozen?: (text: string) => void;
  /** The test makes the page hang on purpose. */
  readonly hangs?: boolean;
};

export type RigProcess = {
  readonly pid: number;
  /** All messages from the process so far. */
  readonly messages: readonly RigMessage[];
  /** Returns its output on both streams. */
  output(): string;
  /** Returns the first window's page once it has loaded; fails if the process ends before. */
  page(): Promise<Page>;
  /** Quits as a user does; returns the exit code. */
  close(): Promise<number | null>;
  /** Kills the process, and Chromium with it. */
  kill(): Promise<void>;
  readonly ended: Promise<number | null>;
  /** Simulates an action of the user or the system. */
  order(order: RigOrder): void;
};

/** Starts the built app in its own process with its own Chromium. */
export function startRig(options: RigOptions): RigProcess {
  const {
    bundle,
    environment,
    theme = 'light',
    args = [],
    fault,
    frozen = fault,
    hangs = false,
    ...otherSettings
  } = options;
  const settings: RigSettings = { chromium: chromiumProgram(), theme, ...otherSettings };
  const child = spawn(process.execPath, [rigMain, bundle, ...args], {
    env: { ...environment, [settingsVariable]: JSON.stringify(settings) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const messages: RigMessage[] = [];
  let output = '';
  let browser: Browser | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  child.on('message', (message: RigMessage) => {
    messages.push(message);
    if (message.kind === 'fault') fault?.(message.text);
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const disconnect = async () => {
    await browser?.close().catch(() => undefined);
    for (const message of messages) if (message.kind === 'browser') await endChromium(message.pid);
  };
  return {
    pid: child.pid ?? 0,
    messages,
    ended,
    output: () => output,
    order(order) {
      if (child.connected) child.send(order);
    },
    async page() {
      const { endpoint } = await waitForMessage(child, messages, 'browser', () => output);
      const { address } = await waitForMessage(child, messages, 'window', () => output);
      browser = await chromium.connectOverCDP(endpoint);
      const found = browser
        .contexts()[0]
        ?.pages()
        .findLast((page) => page.url().startsWith(address));
      if (found === undefined) throw new Error(`The rig's window is not among Chromium's pages.\n${output}`);
      if (!hangs) watchAnswers(found, (text) => frozen?.(text));
      return found;
    },
    async close() {
      if (child.connected) child.send({ kind: 'quit' } satisfies RigOrder);
      const code = await ended;
      await disconnect();
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      await disconnect();
    },
  };
}

/** Kills Chromium, which would end by itself a little later, but locks its profile until then. */
async function endChromium(pid: number): Promise<void> {
  if (lives(pid)) process.kill(pid, 'SIGKILL');
  await untilGone(pid);
}

type Kind = RigMessage['kind'];

/** Waits for the first message of a kind, unless it has already arrived. */
async function waitForMessage<K extends Kind>(
  child: ChildProcess,
  messages: readonly RigMessage[],
  kind: K,
  output: () => string,
): Promise<Extract<RigMessage, { kind: K }>> {
  const isWanted = (message: RigMessage) => message.kind === kind;
  const listenerController = new AbortController();
  const closed = once(child, 'close', { signal: listenerController.signal });
  try {
    for (;;) {
      const found = messages.find(isWanted);
      if (found !== undefined) return found as Extract<RigMessage, { kind: K }>;
      const next = await Promise.race([
        once(child, 'message', { signal: listenerController.signal }),
        closed.then(() => undefined),
      ]);
      if (next === undefined && !messages.some(isWanted)) {
        throw new Error(`The rig ended before its ${kind}.\n${output()}`);
      }
    }
  } finally {
    listenerController.abort();
    closed.catch(() => undefined);
  }
}
