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
 * `unlocked`: gnome-keyring, which the bus starts again (locked) when it is gone. `only-once`: which it does not.
 * `silent-prompt`: its unlock prompt never appears and never ends. `no-service`: a bus with no keyring at all.
 */
export type KeyringKind = 'unlocked' | 'only-once' | 'silent-prompt' | 'no-service';

export type Keyring = {
  /** What a process needs in its environment to live in this session. */
  readonly environment: Readonly<Record<string, string>>;
  lock(): Promise<void>;
  deleteDefaultCollection(): Promise<void>;
  /** Ends the keyring's process at once, and returns when the bus has noticed. */
  kill(): Promise<void>;
  /** Stops the process without ending it: it keeps its name on the bus and answers nothing. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  close(): Promise<void>;
};

/** A private D-Bus session that stays until `close`, by way of with-keyring.sh. */
export async function openKeyring(kind: KeyringKind): Promise<Keyring> {
  const folder = await mkdtemp(join(tmpdir(), 'keyring-'));
  const configuration = kind === 'unlocked' ? {} : { KEYRING_BUS_CONFIG: await writeBus(folder, kind) };
  const daemon = kind === 'no-service' ? { KEYRING_DAEMON: 'no' } : {};
  const session = spawn(script, ['sh', '-c', 'env -0; printf "end\\0"; exec cat >/dev/null'], {
    env: { ...process.env, ...configuration, ...daemon },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(session, 'close');
  let complaints = '';
  session.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  let printed = '';
  for await (const text of session.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    printed += String(text);
    if (printed.endsWith('end\0')) break;
  }
  if (!printed.endsWith('end\0')) {
    await ended;
    await rm(folder, { recursive: true, force: true });
    throw new Error(`No keyring for the tests. ${complaints}`);
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
  // A program that never takes the name it was started for, and ends with its bus.
  const silent = '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/usr/bin/dbus-monitor --session\n';
  if (kind === 'silent-prompt') await writeFile(join(services, 'prompter.service'), silent);
  const path = join(folder, 'bus.conf');
  const policy =
    '<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>';
  const where = `<listen>unix:dir=${folder}</listen><servicedir>${services}</servicedir>`;
  await writeFile(path, `<busconfig><type>session</type>${where}<auth>EXTERNAL</auth>${policy}</busconfig>\n`);
  return path;
}

function controls(environment: Record<string, string>): Omit<Keyring, 'environment' | 'close'> {
  const send = async (service: string, path: string, ...message: string[]): Promise<string> => {
    const sent = ['--session', '--print-reply', `--dest=${service}`, path, ...message];
    return (await run('dbus-send', sent, { env: environment })).stdout;
  };
  const askBus = (method: string): Promise<string> =>
    send(
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      `org.freedesktop.DBus.${method}`,
      'string:org.freedesktop.secrets',
    );
  const askKeyring = (path: string, ...message: string[]): Promise<string> =>
    send('org.freedesktop.secrets', path, ...message);
  const defaultCollection = '/org/freedesktop/secrets/aliases/default';
  let frozen: number | undefined;
  const processId = async (): Promise<number> => {
    const id = Number(/uint32 (\d+)/.exec(await askBus('GetConnectionUnixProcessID'))?.[1]);
    if (!Number.isInteger(id)) throw new Error('No process owns the keyring.');
    return id;
  };
  return {
    async lock() {
      await askKeyring(
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        `array:objpath:${defaultCollection}`,
      );
    },
    async deleteDefaultCollection() {
      await askKeyring(defaultCollection, 'org.freedesktop.Secret.Collection.Delete');
    },
    async kill() {
      process.kill(await processId(), 'SIGKILL');
      while ((await askBus('NameHasOwner')).includes('true')) await sleep(20);
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
