import { afterEach, expect, test } from 'vitest';
import { must, openTestCore } from '../../support/core.ts';
import { pageBody } from '../remote/api-support.ts';
import { makeAuthority, makeCertificate } from '../remote/certificate.ts';
import { instantClock, send, serveProxy, serveTls, stopAll } from '../remote/support.ts';
import { addToCore } from './support.ts';

afterEach(stopAll);

test('two accounts with one key, in two processes, share its 300 calls a minute; one with another key does not wait', async () => {
  const authority = makeAuthority('Test CA');
  const server = await serveTls(makeCertificate(['qp.test'], authority), (_request, response) =>
    send(response, 200, pageBody()),
  );
  const proxy = await serveProxy(server.port);
  const clock = instantClock();
  const network = { certificates: () => [authority.cert], proxyFor: () => Promise.resolve(proxy.origin) };
  const one = openTestCore({ clock, network });
  const folders = { data: one.folder, cache: `${one.folder}/cache`, logs: `${one.folder}/logs` };
  const other = openTestCore({ clock, network, folders });
  const brand = await addToCore(one.core, 'https://qp.test', 'Brand', '1');
  const panel = await addToCore(other.core, 'https://qp.test', 'Panel', '2');

  for (let call = 0; call < 150; call++) {
    must(await one.core.call('accounts.test', { id: brand }));
    must(await other.core.call('accounts.test', { id: panel }));
  }
  expect([server.seen.length, clock.slept]).toEqual([300, []]);
  const lent = { datacenter: 'https://qp.test', userId: '3', key: 'a-key-of-its-own-1234' };
  must(await one.core.call('accounts.test', lent));
  expect(clock.slept).toEqual([]);

  const waits: string[] = [];
  other.core.events.listen((message) => {
    if (message.topic === 'sync' && message.sync.waiting !== null) waits.push(message.sync.waiting.why);
  });
  must(await other.core.call('sync.run', { accountId: panel }));
  expect(clock.slept).toEqual([60_000]);
  expect(waits).toEqual(['a key may make 300 calls a minute']);
  expect(server.seen).toHaveLength(302);
});
