/** Runs the core's thread, which reports its longest CPU time between two turns of its event loop. */
import '../../main/hosts/shared/core-thread/core-worker.ts';
import { BroadcastChannel } from 'node:worker_threads';
import { watchProcessor } from './watch-processor.ts';

const channel = new BroadcastChannel('contact-sheet-bench');
let watched = watchProcessor();
channel.onmessage = () => {
  channel.postMessage(watched());
  watched = watchProcessor();
};
channel.unref();
