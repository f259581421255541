import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';

/** `unknown`: this system doesn't say whose process is at the other end. */
export type PeerUser = 'this' | 'other' | 'unknown';

/** Returns the user of the process at the other end of a connection on this computer; asks the system once a connection. */
export function createPeerUsers(
  readTables: () => Promise<string | undefined>,
  userId: number | undefined,
): (socket: Ends) => Promise<PeerUser> {
  const known = new WeakMap<Ends, Promise<PeerUser>>();
  let reading: Promise<string | undefined> | undefined;
  const readOnce = () => (reading ??= readTables().finally(() => (reading = undefined)));
  const find = async (socket: Ends): Promise<PeerUser> => {
    if (userId === undefined) return 'unknown';
    // A row can be passed over while others come and go, and a reading that was under way is older than the connection.
    for (let times = 0; times < mostReadings; times++) {
      const tables = await readOnce();
      if (tables === undefined) return 'unknown';
      const user = findUser(tables, socket);
      if (user === 'no-tables') return 'unknown';
      if (user !== undefined) return user === userId ? 'this' : 'other';
    }
    return 'other';
  };
  return (socket) => {
    const found = known.get(socket) ?? find(socket);
    known.set(socket, found);
    return found;
  };
}

const mostReadings = 3;

/** Returns Linux's tables of TCP connections, or undefined on a system that has none. */
export async function readConnectionTables(): Promise<string | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => undefined)),
  );
  const [four, six = ''] = tables;
  return four === undefined ? undefined : `${four}\n${six}`;
}

/** Both ends of a connection, as its socket has them. */
export type Ends = {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
};

/**
 * Returns the user id of the process that holds the far end of a connection; undefined where no process holds it any
 * more, as the kernel then says 0 whoever it was. `no-tables` where the tables lack even the near end of it.
 * Columns: https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt
 */
export function findUser(tables: string, ends: Ends): number | 'no-tables' | undefined {
  const near = formsOf(ends.localAddress, ends.localPort);
  const far = formsOf(ends.remoteAddress, ends.remotePort);
  let isListed = false;
  for (const line of tables.split('\n')) {
    const [, local = '', remote = '', , , , , user = '', , inode = '0'] = line.trim().split(/\s+/);
    isListed ||= near.includes(local);
    if (far.includes(local) && near.includes(remote) && inode !== '0') return Number(user);
  }
  return isListed ? undefined : 'no-tables';
}

/** An address and port as the tables write them: an IPv4 one can stand in either table. */
function formsOf(address = '', port = 0): readonly string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  if (address.includes(':') && !address.startsWith('::ffff:'))
    return address === '::1' ? [inHex([0, 0, 0, 1]) + end] : [];
  const bytes = address.replace('::ffff:', '').split('.').map(Number);
  const four = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return [inHex([four]) + end, inHex([0, 0, 0xffff, four]) + end];
}

/** Each 32 bits of an address are printed in the processor's own order of bytes. */
function inHex(words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32BE(word, index * 4));
  if (endianness() === 'LE') bytes.swap32();
  return bytes.toString('hex').toUpperCase();
}
