/**
 * A process of its own, which draws SVGs: a drawing of a few lines can keep the library busy for hours, no call of it can
 * be stopped, and one that runs keeps even `process.exit` waiting. This one can be killed.
 */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { loadSharpWasm } from '../imaging/load-sharp-wasm.ts';
import { createSharpThumbnailer } from '../imaging/sharp-thumbnailer.ts';
import { answerLines } from '../vault/helper-lines.ts';
import type { DrawAnswer, DrawRequest } from './drawings-apart.ts';

const isInElectron = 'electron' in process.versions && process.platform === 'linux';
const { make } = createSharpThumbnailer(isInElectron ? loadSharpWasm : () => import('sharp'));

answerLines(async (line) => {
  const { path, boxPixels } = JSON.parse(line) as DrawRequest;
  const made = await make(path, boxPixels);
  const answer: DrawAnswer = made.ok ? { base64: Buffer.from(made.value).toString('base64') } : { problem: made.error };
  return JSON.stringify(answer);
});
