/** The core's thread, which breaks down, or does nothing any more, where it is told to. */
import '../../../main/hosts/shared/core-thread/core-worker.ts';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ question }: { readonly question?: { readonly name?: string } }) => {
  if (question?.name === 'test.break') throw new Error('The thread was told to break down.');
  if (question?.name === 'test.hang') for (;;);
});
