/**
 * A process of its own, which draws SVGs: a drawing of a few lines can keep the library busy for hours, no call of it can
 * be stopped, and one that runs keeps even `process.exit` waiting. This one can be killed.
 */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { DrawAnswer, DrawRequest } from './drawings-apart.ts';
import { loadSharpWasm } from './load-sharp-wasm.ts';
import { createSharpThumbnailer } from './sharp-thumbnailer.ts';

const isInElectron = 'electron' in process.versions && process.platform === 'linux';
const { make } = createSharpThumbnailer(isInElectron ? loadSharpWasm : () => import('sharp'));

async function answer(line: string): Promise<string> {
  const { path, boxPixels } = JSON.parse(line) as DrawRequest;
  const made = await make(path, boxPixels);
  const reply: DrawAnswer = made.ok ? { base64: Buffer.from(made.value).toString('base64') } : { problem: made.error };
  return JSON.stringify(reply);
}

/** As much as a helper of Electron's knows of who started it. */
type ParentPort = {
  on(event: 'message', receive: (message: { readonly data: string }) => void): void;
  postMessage(line: string): void;
};

const { parentPort } = process as { readonly parentPort?: ParentPort };
if (parentPort !== undefined) {
  parentPort.on('message', ({ data }) => void answer(data).then((line) => parentPort.postMessage(line)));
} else {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => void answer(line).then((reply) => process.stdout.write(`${reply}\n`)));
  // The asker is gone. A plain exit would wait for a drawing.
  lines.on('close', () => process.kill(process.pid, 'SIGKILL'));
}
