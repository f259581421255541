import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./with-keyring.sh', import.meta.url));

/**
 * `unlocked`: gnome-keyring, which the bus restarts (locked) after it ends. `only-once`: without that restart.
 * `silent-prompt`: its unlock prompt never appears and never ends. `no-service`: a bus without a keyring.
 */
export type KeyringKind = 'unlocked' | 'only-once' | 'silent-prompt' | 'no-service';

export type Keyring = {
  /** The environment of a process in this session. */
  readonly environment: Readonly<Record<string, string>>;
  lock(): Promise<void>;
  deleteDefaultCollection(): Promise<void>;
  /** Kills the keyring's process, and returns once the bus has noticed. */
  kill(): Promise<void>;
  /** Suspends the process: it keeps its name on the bus and answers nothing. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  close(): Promise<void>;
};

/** Opens a private D-Bus session until `close`, through with-keyring.sh. */
export async function openKeyring(kind: KeyringKind): Promise<Keyring> {
  const folder = await mkdtemp(join(tmpdir(), 'keyring-'));
  const configuration = kind === 'unlocked' ? {} : { KEYRING_BUS_CONFIG: await writeBus(folder, kind) };
  const daemon = kind === 'no-service' ? { KEYRING_DAEMON: 'no' } : {};
  const session = spawn(script, ['sh', '-c', 'env -0; printf "end\\0"; exec cat >/dev/null'], {
    env: { ...process.env, ...configuration, ...daemon },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(session, 'close');
  let errorOutput = '';
  session.stderr.setEncoding('utf8').on('data', (text: string) => (errorOutput += text));
  let printed = '';
  for await (const text of session.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += String(text);
    if (printed.endsWith('end\0')) break;
  }
  if (!printed.endsWith('end\0')) {
    await ended;
    await rm(folder, { recursive: true, force: true });
    throw new Error(`No keyring for the tests. ${errorOutput}`);
  }
  const variables = printed.split('\0').filter((line) => line.includes('='));
  const environment = Object.fromEntries(
    variables.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const close = async (): Promise<void> => {
    session.stdin.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  return { environment, ...controls(environment), close };
}

async function writeBus(folder: string, kind: KeyringKind): Promise<string> {
  const services = join(folder, 'services');
  await mkdir(services);
  // A program that never acquires the name it was started for, and ends with its bus.
  const silent = '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/usr/bin/dbus-monitor --session\n';
  if (kind === 'silent-prompt') await writeFile(join(services, 'prompter.service'), silent);
  const path = join(folder, 'bus.conf');
  const policy =
    '<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>';
  const addressConfig = `<listen>unix:dir=${folder}</listen><servicedir>${services}</servicedir>`;
  await writeFile(path, `<busconfig><type>session</type>${addressConfig}<auth>EXTERNAL</auth>${policy}</busconfig>\n`);
  return path;
}

function controls(environment: Record<string, string>): Omit<Keyring, 'environment' | 'close'> {
  const send = async (service: string, path: string, ...message: string[]): Promise<string> => {
    const options = ['--session', '--print-reply', `--dest=${service}`, path, ...message];
    return (await run('dbus-send', options, { env: environment })).stdout;
  };
  const callBus = (method: string): Promise<string> =>
    send(
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      `org.freedesktop.DBus.${method}`,
      'string:org.freedesktop.secrets',
    );
  const callKeyring = (path: string, ...message: string[]): Promise<string> =>
    send('org.freedesktop.secrets', path, ...message);
  const defaultCollection = '/org/freedesktop/secrets/aliases/default';
  let frozen: number | undefined;
  const processId = async (): Promise<number> => {
    const id = Number(/uint32 (\d+)/.exec(await callBus('GetConnectionUnixProcessID'))?.[1]);
    if (!Number.isInteger(id)) throw new Error('No process owns the keyring.');
    return id;
  };
  return {
    async lock() {
      await callKeyring(
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        `array:objpath:${defaultCollection}`,
      );
    },
    async deleteDefaultCollection() {
      await callKeyring(defaultCollection, 'org.freedesktop.Secret.Collection.Delete');
    },
    async kill() {
      process.kill(await processId(), 'SIGKILL');
      while ((await callBus('NameHasOwner')).includes('true')) await sleep(20);
    },
    async freeze() {
      frozen = await processId();
      process.kill(frozen, 'SIGSTOP');
    },
    thaw() {
      if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
      return Promise.resolve();
    },
  };
}
