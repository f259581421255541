import { readFile } from 'node:fs/promises';
import { endianness } from 'node:os';

/** `unknown`: the system doesn't say whose process is at the other end. */
export type PeerUser = 'this' | 'other' | 'unknown';

/** Looks up the user at the other end of a connection on this computer; asks the system once per connection. */
export function createPeerUsers(
  readTables: () => Promise<string | undefined>,
  userId: number | undefined,
): (socket: Ends) => Promise<PeerUser> {
  const known = new WeakMap<Ends, Promise<PeerUser>>();
  let pendingRead: Promise<string | undefined> | undefined;
  const shareRead = () => (pendingRead ??= readTables().finally(() => (pendingRead = undefined)));
  const find = async (socket: Ends): Promise<PeerUser> => {
    if (userId === undefined) return 'unknown';
    // A row can be missed while others change, and a read already in progress is older than the connection.
    for (let attempt = 0; attempt < maxReads; attempt++) {
      const tables = await shareRead();
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

const maxReads = 3;

/** Returns Linux's tables of TCP connections, or undefined on a system that has none. */
export async function readConnectionTables(): Promise<string | undefined> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => undefined)),
  );
  const [four, six = ''] = tables;
  return four === undefined ? undefined : `${four}\n${six}`;
}

/** Both ends of a connection, as in its socket. */
export type Ends = {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
};

/**
 * Returns the user id of the process at the remote end; undefined if no process holds it any more, as the kernel then
 * reports 0 for any user. `no-tables` if the tables lack even the local end. Columns:
 * https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt
 */
export function findUser(tables: string, ends: Ends): number | 'no-tables' | undefined {
  const localForms = tableForms(ends.localAddress, ends.localPort);
  const remoteForms = tableForms(ends.remoteAddress, ends.remotePort);
  let isListed = false;
  for (const line of tables.split('\n')) {
    const [, local = '', remote = '', , , , , user = '', , inode = '0'] = line.trim().split(/\s+/);
    isListed ||= localForms.includes(local);
    if (remoteForms.includes(local) && localForms.includes(remote) && inode !== '0') return Number(user);
  }
  return isListed ? undefined : 'no-tables';
}

/** Formats an address and port as the tables do: an IPv4 one can be in either table. */
function tableForms(address = '', port = 0): readonly string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  if (address.includes(':') && !address.startsWith('::ffff:'))
    return address === '::1' ? [toHex([0, 0, 0, 1]) + end] : [];
  const bytes = address.replace('::ffff:', '').split('.').map(Number);
  const four = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return [toHex([four]) + end, toHex([0, 0, 0xffff, four]) + end];
}

/** Formats each 32 bits of an address in the processor's byte order. */
function toHex(words: readonly number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32BE(word, index * 4));
  if (endianness() === 'LE') bytes.swap32();
  return bytes.toString('hex').toUpperCase();
}
