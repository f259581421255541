/** Entry point of the core thread: host services arrive as data, from the system, or by messages. */
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
const helpers = createHelperProxy(() => channel);
const updates = createUpdateProxy(() => channel);
const defaultNetwork = createNetwork(env);
let log = createLogFile(folders.logs, (text) => text, systemClock.now);

const opened = createCore({
  folders,
  holder,
  electron,
  version,
  clock: systemClock,
  random: Math.random,
  platform: process.platform,
  environment: { ...env },
  createLog: (redact) => (log = createLogFile(folders.logs, redact, systemClock.now)),
  // There is no terminal here: a page asks for the passphrase and passes it on by vault.unlock.
  passphrase: () => Promise.resolve(env['CONTACT_SHEET_PASSPHRASE']),
  network: brings.proxy ? withSystemProxy(defaultNetwork, (url) => channel.ask('proxyFor', url)) : defaultNetwork,
  ...(brings.helpers ? { startHelper: helpers.start } : {}),
  ...(pictureBuild === undefined ? {} : { pictureBuild }),
  ...(brings.updates === undefined ? {} : { updates: brings.updates === 'source' ? updates.source : brings.updates }),
});

const channel: RpcChannel<HostVerbs> = createRpcChannel<HostVerbs, CoreVerbs>(
  (message) => parentPort?.postMessage(message),
  opened.ok ? createAnswers(opened.value) : {},
);
parentPort?.on('message', (message: RpcMessage) => channel.receive(message));
channel.tell('opened', opened.ok ? ok(opened.value.notices) : opened);
if (opened.ok) {
  const core = opened.value;
  process.on('unhandledRejection', (reason) => void core.report(reason));
} else parentPort?.close();

function createAnswers(core: Core): Answers<CoreVerbs> {
  let stop: () => void = () => undefined;
  return {
    call: ({ name, input }) => core.dispatch(name, input),
    openPicture: ({ size, key }, signal) => core.openPicture(size, key, signal),
    theme: core.theme,
    warm: core.warm,
    listen(hasListeners) {
      stop();
      stop = hasListeners ? core.events.listen((message) => channel.tell('event', message)) : () => undefined;
    },
    log: ({ level, message, details }) => log(level, message, details),
    ...helpers.answers,
    ...updates.answers,
    close: core.close,
  };
}
