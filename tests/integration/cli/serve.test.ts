import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCli, type Cli, type CliOptions } from '../../support/cli.ts';
import { writeInterface } from '../../support/web/interface-folder.ts';
import { callOver } from '../../support/web/call-over.ts';
import { enterBy, openDoorOf } from '../../support/web/enter.ts';

/** Starts serving and waits for the URL. */
async function serve(cli: Cli, args: readonly string[] = [], env: Record<string, string> = {}) {
  const options: CliOptions = { env: { CONTACT_SHEET_INTERFACE: writeInterface(), ...env } };
  const { child, ended } = cli.start(['serve', ...args], options);
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout?.on('data', (text: string) => (out += text));
  await expect.poll(() => out, { timeout: 20_000 }).toContain('\n');
  return { child, ended, firstLine: out.split('\n')[0] ?? '', lines: () => out.trimEnd().split('\n') };
}

describe('contact-sheet serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'shows the address first, serves, and ends by %s as it should',
    async (signal) => {
      const { child, ended, firstLine } = await serve(createCli());
      expect(firstLine).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
      const entered = await enterBy(firstLine);
      const { origin, cookie } = entered;
      const page = await fetch(origin, { headers: { cookie } });
      expect(await page.text()).toContain('<html lang="en" dir="ltr" data-theme="system">');
      const socket = await openDoorOf(entered);
      const call = callOver(socket);
      expect(await call('settings.change', { theme: 'dark' })).toMatchObject({ ok: true });
      expect(await (await fetch(origin, { headers: { cookie } })).text()).toContain('data-theme="dark"');
      expect(await call('sample.add', { name: 'Sample library', count: 20 })).toMatchObject({ ok: true });
      child.kill(signal);
      const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
      expect([code, reason.toString()]).toEqual([1001, 'Contact Sheet was stopped.']);
      expect(await ended).toMatchObject({ code: 0 });
      await expect(fetch(origin)).rejects.toThrow();
    },
  );

  it('leaves what it was doing to be gone on with', async () => {
    const cli = createCli();
    await cli.run(['sample', '--count', '40']);
    await cli.run(['sync']);
    const { child, ended, firstLine } = await serve(cli);
    const socket = await openDoorOf(await enterBy(firstLine));
    const call = callOver(socket);
    const destination = join(cli.home, 'pictures');
    const order = { query: '*', destination, limitRate: 2_000_000 };
    expect(await call('downloads.start', order)).toMatchObject({ ok: true });
    socket.send(JSON.stringify({ id: 99, name: 'downloads.wait', input: { batchId: 1 } }));
    await expect.poll(() => existsSync(destination)).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0 });
    const [batch] = (await cli.json(['transfers', 'list'])) as { unsettled: number }[];
    expect(batch?.unsettled).toBeGreaterThan(0);
    const resumed = await cli.run(['transfers', 'resume']);
    expect(resumed.code, resumed.err).toBe(0);
  });

  it('tells of itself in JSON, a fresh address too', async () => {
    const { child, ended, firstLine, lines } = await serve(createCli(), ['--json']);
    const { event, url } = JSON.parse(firstLine);
    expect(event).toBe('listening');
    await enterBy(url);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(401);
    await expect.poll(() => lines().length).toBe(2);
    await enterBy(JSON.parse(lines()[1] ?? '').url);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });

  it('takes the port that is asked for, and says where it is taken', async () => {
    const cli = createCli();
    const { firstLine } = await serve(cli);
    const { port } = new URL(firstLine);
    const env = { CONTACT_SHEET_INTERFACE: writeInterface() };
    const second = await cli.run(['serve', '--port', port], { env });
    expect(second.code).toBe(9);
    expect(second.err).toContain(`Port ${port} is in use`);
    expect(second.out).toBe('');
    const third = await cli.events(['serve', '--port', port], { env });
    expect(third).toMatchObject({ code: 9, events: [{ event: 'error', code: 'busy' }] });
  });

  it('serves one library from two ports', async () => {
    const cli = createCli();
    const [first, second] = [await serve(cli), await serve(cli)];
    const pages = [first, second].map(async ({ firstLine }) => {
      const { cookie } = await enterBy(firstLine);
      return (await fetch(new URL('/', firstLine), { headers: { cookie } })).status;
    });
    expect(await Promise.all(pages)).toEqual([200, 200]);
  });

  it.each(['-1', '65536', 'http', '80.5', ''])('refuses the port %j', async (port) => {
    expect(await createCli().run(['serve', `--port=${port}`])).toMatchObject({ code: 2, out: '' });
  });

  it('says how to build the interface where it is missing', async () => {
    const { code, err } = await createCli().run(['serve'], { env: { CONTACT_SHEET_INTERFACE: '/nowhere/at/all' } });
    expect(code).toBe(2);
    expect(err).toContain('npm run build');
  });

  it('opens the browser with --open by a file that only its owner reads, and needs none', async () => {
    const cli = createCli();
    const tools = join(cli.home, 'tools');
    const opened = join(cli.home, 'opened');
    mkdirSync(tools);
    const script = `#!/bin/sh\n{ tr '\\0' ' ' < /proc/$$/cmdline; echo; stat -c %a "$1"; env; cat "$1"; } > '${opened}.part'\n`;
    writeFileSync(join(tools, 'xdg-open'), `${script}mv '${opened}.part' '${opened}'; echo "$1" > '${opened}.path'\n`);
    chmodSync(join(tools, 'xdg-open'), 0o755);
    const secrets = { CONTACT_SHEET_API_KEY: 'the-key', CONTACT_SHEET_PASSPHRASE: 'the-words', OTHER_TOKEN: 'theirs' };
    const { firstLine } = await serve(cli, ['--open'], { PATH: `${tools}:/usr/bin:/bin`, ...secrets });
    await expect.poll(() => existsSync(`${opened}.path`)).toBe(true);
    const seen = readFileSync(opened, 'utf8');
    const [command = '', mode] = seen.split('\n');
    expect(command).not.toMatch(/token|http|127\.0\.0\.1/);
    expect(mode).toBe('600');
    expect(seen).not.toMatch(/the-key|the-words|theirs/);
    expect(seen).toContain(`content="0; url=${firstLine}"`);
    const file = readFileSync(`${opened}.path`, 'utf8').trim();
    expect(existsSync(file)).toBe(true);
    await enterBy(firstLine);
    await expect.poll(() => existsSync(file)).toBe(false);
    const without = await serve(createCli(), ['--open'], { PATH: '/nowhere/at/all' });
    expect(without.firstLine).toContain('?token=');
    without.child.kill('SIGINT');
    expect(await without.ended).toMatchObject({ code: 0 });
  });
});
