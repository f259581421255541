import { expect, it, onTestFinished } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { startFakeApi } from '../../support/fake-api/fake-api.ts';
import { fakeImage, fileOf } from '../../support/fake-api/fake-image.ts';
import { writeInterface } from '../../support/web/interface-folder.ts';
import { callOver } from '../../support/web/call-over.ts';
import { enterBy, openDoorOf } from '../../support/web/enter.ts';

const blur = '<feTurbulence numOctaves="60"/><feMorphology operator="dilate" radius="300"/>'.repeat(20);
/** An SVG that takes hours to render. */
const endless = `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">
  <filter id="f" x="-500%" y="-500%" width="1100%" height="1100%">${blur}</filter>
  ${'<rect width="1000" height="1000" filter="url(#f)"/>'.repeat(20)}</svg>`;

it('ends by Ctrl+C while a drawing is drawn that takes hours', async () => {
  const file = fileOf('a.svg', Buffer.from(endless));
  const api = await startFakeApi({ library: [fakeImage({ id: 1_000_001, segment: 'a.svg', file, size: '1 Kb' })] });
  onTestFinished(() => api.close());
  const { child, ended } = createCli().start(['serve'], { env: { CONTACT_SHEET_INTERFACE: writeInterface() } });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  child.stdout?.on('data', (text: string) => (out += text));
  await expect.poll(() => out, { timeout: 20_000 }).toContain('\n');
  const url = out.split('\n')[0] ?? '';
  const entered = await enterBy(url);
  const { origin, cookie, key } = entered;
  const call = callOver(await openDoorOf(entered));
  const account = { name: 'Brand', datacenter: api.origin, userId: '', vault: 'session', key: 'a-key' };
  const { value } = (await call('accounts.add', account)) as { readonly value: { readonly id: number } };
  expect(await call('sync.run', { accountId: value.id })).toMatchObject({ ok: true });
  const picture = fetch(`${origin}/thumbnail/${value.id}/1000001?k=${key.pictures}`, { headers: { cookie } });
  picture.catch(() => undefined);
  const usage = () => call('thumbnails.usage', {});
  await expect.poll(usage, { timeout: 10_000 }).toMatchObject({ value: { originals: endless.length } });
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0 });
}, 60_000);
