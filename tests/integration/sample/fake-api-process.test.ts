import { afterEach, expect, test } from 'vitest';
import { faults } from '../../support/fake-api/faults.ts';
import { plainGet } from '../../support/fake-api/plain-client.ts';
import { spawnFakeApi, type SpawnedFakeApi } from '../../support/fake-api/spawn.ts';

let api: SpawnedFakeApi | undefined;

afterEach(() => api?.close());

test('a fake API in a process of its own does what it is told, and ends when it is let go', async () => {
  const started = await spawnFakeApi({ library: { kind: 'plain', count: 250 }, key: 'k' });
  api = started;
  const call = async (page: number) => {
    const url = `${started.origin}/a/api/v2/users/1/images?page=${page}&perPage=100`;
    const { status, body } = await plainGet(url, { headers: { 'api-key': 'k' } });
    return { status, total: status === 200 ? JSON.parse(body.toString()).pagination.totalItems : null };
  };
  await started.tell({ do: 'on-call', call: 2, then: { do: 'upload', count: 7 } });
  await started.tell({ do: 'fault-calls', fault: faults.badGateway(), match: { number: 3 } });
  expect([await call(1), await call(2), await call(3)]).toEqual([
    { status: 200, total: 250 },
    { status: 200, total: 257 },
    { status: 502, total: null },
  ]);
  await started.tell({ do: 'remove-oldest', count: 40 });
  await started.tell({ do: 'change', id: 1_000_250, size: '9 Kb' });
  expect(await call(1)).toEqual({ status: 200, total: 217 });

  await started.tell({ do: 'replace-file', id: 1_000_250, bytes: 3_333, version: 2 });
  await started.tell({ do: 'fault-files', fault: faults.cutOff(0.5), match: { id: 1_000_250 }, times: 1 });
  const url = `${started.origin}/qp_userimages/sub-3/1234567/image-1000250.png`;
  expect([(await plainGet(url)).body.length, (await plainGet(url)).body.length]).toEqual([1_666, 3_333]);
  const requests = await started.requests();
  expect(requests.map(({ kind, status }) => [kind, status])).toEqual([
    ...[200, 200, 502, 200].map((status) => ['call', status]),
    ['file', 200],
    ['file', 200],
  ]);
  await expect(started.tell({ do: 'change', id: 1, size: '1 Kb' })).rejects.toThrow('no image 1');

  await started.close();
  expect((await plainGet(url)).problem).toBe('ECONNREFUSED');
});

test('it serves the documented page too', async () => {
  api = await spawnFakeApi({ library: { kind: 'documented' } });
  const { body } = await plainGet(`${api.origin}/a/api/v2/images`);
  expect(JSON.parse(body.toString()).requestID).toBe('2012fedc-e8ce-48ae-b800-6q5ce287987a7daa');
});
