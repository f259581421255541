/** The core's thread, which tells of the most processor time that it spent between two rounds of its event loop. */
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
