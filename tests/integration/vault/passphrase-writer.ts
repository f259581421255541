/** Acts as one of many processes on one file: stores a key for each given uid, prints the results, and exits. */
import process from 'node:process';
import { createPassphraseFileVault } from '../../../main/adapters/vault/passphrase/passphrase-file.ts';
import { realClock } from './real-clock.ts';

const [path = '', ...uids] = process.argv.slice(2);
const passphrase = () => Promise.resolve('words');
const vault = createPassphraseFileVault({ path, passphrase, clock: realClock, workFactor: 4 });
const results = await Promise.all(uids.map((uid) => vault.write(uid, `key of ${uid}`)));
process.stdout.write(JSON.stringify(results));
