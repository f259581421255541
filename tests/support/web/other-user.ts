import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The uid of `nobody`, which every Linux has. */
const nobody = 65_534;

/**
 * Sends `request` to a port of this computer from a process of another user, and returns everything received until the
 * server closed. Needs root, as only root may start a process of another user.
 */
export async function askAsOtherUser(port: number, request: string, host = '127.0.0.1'): Promise<string> {
  return askAsUser(nobody, { port, request, host });
}

/** Does the same from a process of the current user. */
export async function askAsThisUser(port: number, request: string, host = '127.0.0.1'): Promise<string> {
  return askAsUser(process.getuid?.() ?? 0, { port, request, host });
}

type RawRequest = { readonly port: number; readonly request: string; readonly host: string };

async function askAsUser(uid: number, { port, request, host }: RawRequest): Promise<string> {
  const script = 'exec 3<>"/dev/tcp/$1/$2" && cat >&3 && cat <&3';
  const child = spawn('bash', ['--norc', '-c', script, 'bash', host, String(port)], {
    uid,
    gid: uid,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let answer = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => (answer += text));
  child.stdin.end(request, 'latin1');
  await once(child, 'close');
  return answer;
}
