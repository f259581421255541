import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { doneOf, namesIn, openLibrary } from './download-support.ts';

test('a download is running while its process lives, and interrupted once that was killed', async () => {
  const { api, cli } = await openLibrary(plainImages(40));
  const to = join(temporaryFolder(), 'out');
  const hanging = Promise.withResolvers<undefined>();
  const answer = Promise.withResolvers<undefined>();
  api.onFile(1_000_020, 1, () => {
    hanging.resolve(undefined);
    return answer.promise;
  });
  const { child, ended } = cli.start(['download', '*', '--to', to, '--concurrency', '1']);
  await hanging.promise;
  expect(await cli.json(['transfers'])).toMatchObject([{ state: 'running', finished: null }]);
  expect((await cli.run(['transfers', 'list'])).out).toMatch(/^1 {2}running /);

  child.kill('SIGKILL');
  await Promise.all([once(child, 'exit'), ended]);
  answer.resolve(undefined);
  const left = await cli.run(['transfers', 'list']);
  expect(left.out).toMatch(/^1 {2}interrupted .* files left\./);
  expect(left.err).toContain('contact-sheet transfers resume');
  expect(await cli.json(['transfers'])).toMatchObject([{ state: 'interrupted', finished: null }]);

  const resumed = await cli.events(['transfers', 'resume']);
  expect(resumed.code).toBe(0);
  expect(doneOf(resumed.events)).toMatchObject({ planned: 40, done: 40 });
  expect(await cli.json(['transfers'])).toMatchObject([{ state: 'finished' }]);
  expect(namesIn(to)).toHaveLength(40);
});
