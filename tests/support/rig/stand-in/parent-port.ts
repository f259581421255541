// Comes before a helper's script: what Electron's `process.parentPort` is there, over Node's own channel.
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';

const events = createEmitter('parentPort', ['message']);
process.on('message', (data) => events.emit('message', { data, ports: [] }));
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
const port = strict('parentPort', {
  ...events.listening,
  postMessage: (message: string) => void process.send?.(message),
});
Object.defineProperty(process, 'parentPort', { value: port });
