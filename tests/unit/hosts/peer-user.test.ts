import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { endianness } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPeerUsers, findUser, readConnectionTables, type Ends } from '../../../main/hosts/web/peer-user.ts';
import { resolvesLocalNames } from '../../../main/hosts/web/local-host-name.ts';
import { testNeeding } from '../../support/lawful-skip.ts';

const isLittle = endianness() === 'LE';
const loopback = isLittle ? '0100007F' : '7F000001';
const mapped = `0000000000000000${isLittle ? 'FFFF0000' : '0000FFFF'}${loopback}`;
const six = `000000000000000000000000${isLittle ? '01000000' : '00000001'}`;

/** Creates a row in Linux's format; `inode` is 0 if no process has the socket. */
function row(local: string, remote: string, { uid = 0, inode = 1, state = '01' } = {}): string {
  return `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${uid}        0 ${inode} 1 0000000000000000 20 4 30 10 -1`;
}

/** The near end listens on 8080 (1F90), the far end calls from 43981 (ABCD). */
const ends: Ends = { localAddress: '127.0.0.1', localPort: 8080, remoteAddress: '127.0.0.1', remotePort: 43_981 };
const listening = row(`${loopback}:1F90`, '00000000:0000', { uid: 7, inode: 5, state: '0A' });
const near = row(`${loopback}:1F90`, `${loopback}:ABCD`, { uid: 7, inode: 6 });

describe('the user at the other end', () => {
  it('is read from the row of the far end, in either table', () => {
    for (const address of [loopback, mapped]) {
      const far = row(`${address}:ABCD`, `${address}:1F90`, { uid: 1000 });
      expect(findUser([listening, near, far].join('\n'), ends)).toBe(1000);
    }
  });

  it('is found over IPv6', () => {
    const over: Ends = { ...ends, localAddress: '::1', remoteAddress: '::1' };
    const rows = [row(`${six}:1F90`, `${six}:ABCD`, { uid: 7 }), row(`${six}:ABCD`, `${six}:1F90`, { uid: 1001 })];
    expect(findUser(rows.join('\n'), over)).toBe(1001);
    expect(findUser(rows.join('\n'), ends)).toBe('no-tables');
  });

  it('is nobody once its process let go of the connection, as the kernel then says 0', () => {
    const orphan = row(`${loopback}:ABCD`, `${loopback}:1F90`, { uid: 0, inode: 0, state: '05' });
    expect(findUser([listening, near, orphan].join('\n'), ends)).toBeUndefined();
    expect(findUser([listening, near].join('\n'), ends)).toBeUndefined();
  });

  it('is not that of another connection', () => {
    const others = [
      row(`${loopback}:ABCE`, `${loopback}:1F90`, { uid: 1 }),
      row(`${loopback}:ABCD`, `${loopback}:1F91`, { uid: 2 }),
      row(`${loopback}:1F90`, `${loopback}:ABCD`, { uid: 3 }),
      row(`${six}:ABCD`, `${six}:1F90`, { uid: 4 }),
    ];
    expect(findUser([listening, ...others].join('\n'), ends)).toBeUndefined();
  });

  it('can’t be told where the system has no tables, or ones that lack us', async () => {
    for (const tables of [undefined, '', '  sl  local_address rem_address   st\n']) {
      expect(await createPeerUsers(async () => tables, 1000)({ ...ends })).toBe('unknown');
    }
    expect(await createPeerUsers(async () => near, undefined)({ ...ends })).toBe('unknown');
  });

  it('is looked for again where it was passed over, and asked for once a connection', async () => {
    const far = row(`${loopback}:ABCD`, `${loopback}:1F90`, { uid: 1000 });
    const readings = [listening, near, `${near}\n${far}`];
    const userOf = createPeerUsers(async () => readings.shift(), 1000);
    const socket = { ...ends };
    expect(await Promise.all([userOf(socket), userOf(socket)])).toEqual(['this', 'this']);
    expect(await userOf(socket)).toBe('this');
    expect(readings).toEqual([]);
    expect(await createPeerUsers(async () => near, 1000)({ ...ends })).toBe('other');
  });

  testNeeding('linux', 'is this user for a connection of this process, and another one for another user', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const address = server.address();
    const client = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1');
    const [socket] = await accepted;
    onTestFinished(() => void client.destroy());
    onTestFinished(() => void socket.destroy());
    const own = process.geteuid?.() ?? -1;
    expect(await createPeerUsers(readConnectionTables, own)(socket)).toBe('this');
    expect(await createPeerUsers(readConnectionTables, own + 1)(socket)).toBe('other');
  });
});

describe('a name below localhost', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36', true],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0.6778.33 Safari/537.36', true],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51', true],
    ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', true],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:78.0) Gecko/20100101 Firefox/78.0', false],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15', false],
    ['node', false],
    ['', false],
    [undefined, false],
  ])('is known to %s: %s', (userAgent, known) => {
    expect(resolvesLocalNames(userAgent)).toBe(known);
  });
});
