/** A thread of its own, for one piece of work: scrypt takes a second of a processor and 256 MB, which end with it. */
import { parentPort, workerData } from 'node:worker_threads';
import { Decrypter, Encrypter } from 'age-encryption';
import type { AgeReply, AgeWork } from './age.ts';

async function seal(work: AgeWork & { verb: 'seal' }): Promise<AgeReply> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(work.passphrase);
  encrypter.setScryptWorkFactor(work.workFactor);
  return { outcome: 'sealed', bytes: await encrypter.encrypt(work.text) };
}

async function open(work: AgeWork & { verb: 'open' }): Promise<AgeReply> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(work.passphrase);
  try {
    return { outcome: 'opened', text: await decrypter.decrypt(work.bytes, 'text') };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    const refused = error instanceof Error && error.message.startsWith('no identity matched');
    return { outcome: refused ? 'wrong-passphrase' : 'damaged' };
  }
}

async function run(work: AgeWork): Promise<AgeReply> {
  try {
    return work.verb === 'seal' ? await seal(work) : await open(work);
  } catch (error) {
    // An allocation that failed; anything else is a bug.
    if (error instanceof RangeError) return { outcome: 'no-memory' };
    throw error;
  }
}

parentPort?.postMessage(await run(workerData as AgeWork));
