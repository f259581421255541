/** Runs the core's thread, which crashes or hangs on request. */
import '../../../main/hosts/shared/core-thread/core-worker.ts';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ question }: { readonly question?: { readonly name?: string } }) => {
  if (question?.name === 'test.break') throw new Error('The thread was told to break down.');
  if (question?.name === 'test.hang') for (;;);
});
