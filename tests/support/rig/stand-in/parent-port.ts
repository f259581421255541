// Preloaded before a helper's script: provides Electron's `process.parentPort` over Node's own IPC channel.
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
