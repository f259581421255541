/** The core's own thread: what it needs of a host comes as data, from the machine, or by messages. */
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { createCore, type Core } from '../../../core.ts';
import { ok } from '../../../domain/result.ts';
import { createNetwork } from '../../../adapters/network/network.ts';
import { createLogFile } from '../node/log-file.ts';
import { systemClock } from '../node/system-clock.ts';
import { version } from '../node/version.ts';
import type { CoreThreadData, CoreVerbs, HostVerbs } from './core-messages.ts';
import { createHelperProxy } from './helper-proxy.ts';
import { createUpdateProxy } from './update-proxy.ts';
import { createRpcChannel, type Answers, type RpcChannel, type RpcMessage } from './rpc-channel.ts';
import { withSystemProxy } from './with-system-proxy.ts';

const { folders, holder, electron, pictureBuild, brings } = workerData as CoreThreadData;
const { env } = process;
const helpers = createHelperProxy(() => line);
const updates = createUpdateProxy(() => line);
const usual = createNetwork(env);
let log = createLogFile(folders.logs, (text) => text, systemClock.now);

const opened = createCore({
  ...{ folders, holder, electron, version, clock: systemClock, random: Math.random },
  platform: process.platform,
  environment: { ...env },
  createLog: (redact) => (log = createLogFile(folders.logs, redact, systemClock.now)),
  // Nobody looks at a terminal here: a page asks, and hands it over by vault.unlock.
  passphrase: () => Promise.resolve(env['CONTACT_SHEET_PASSPHRASE']),
  network: brings.proxy ? withSystemProxy(usual, (url) => line.ask('proxyFor', url)) : usual,
  ...(brings.helpers ? { startHelper: helpers.start } : {}),
  ...(pictureBuild === undefined ? {} : { pictureBuild }),
  ...(brings.updates === undefined ? {} : { updates: brings.updates === 'source' ? updates.source : brings.updates }),
});

const line: RpcChannel<HostVerbs> = createRpcChannel<HostVerbs, CoreVerbs>(
  (message) => parentPort?.postMessage(message),
  opened.ok ? answersOf(opened.value) : {},
);
parentPort?.on('message', (message: RpcMessage) => line.receive(message));
line.tell('opened', opened.ok ? ok(opened.value.notices) : opened);
if (opened.ok) {
  const core = opened.value;
  process.on('unhandledRejection', (reason) => void core.report(reason));
} else parentPort?.close();

function answersOf(core: Core): Answers<CoreVerbs> {
  let stop: () => void = () => undefined;
  return {
    call: ({ name, input }) => core.dispatch(name, input),
    openPicture: ({ size, key }, signal) => core.openPicture(size, key, signal),
    theme: core.theme,
    warm: core.warm,
    listen(isHeard) {
      stop();
      stop = isHeard ? core.events.listen((message) => line.tell('event', message)) : () => undefined;
    },
    log: ({ level, message, details }) => log(level, message, details),
    ...helpers.answers,
    ...updates.answers,
    close: core.close,
  };
}
