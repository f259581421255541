/** Acts as a process of the app for the keychain: runs the given steps, prints their results, and exits. */
import process from 'node:process';
import { createKeychainVault } from '../../../main/adapters/vault/keychain/keychain.ts';
import type { Result } from '../../../main/domain/result.ts';
import type { DriverStep, DriverTask } from './keychain-steps.ts';

const task = JSON.parse(process.argv[2] ?? '') as DriverTask;
const vault = createKeychainVault({
  serviceName: 'Contact Sheet tests',
  timeoutMs: task.timeoutMs,
  environment: process.env,
  platform: process.platform,
});

function take([verb, uid = '', key = '']: DriverStep): Promise<Result<string | undefined>> {
  if (verb === 'write') return vault.write(uid, key);
  if (verb === 'read') return vault.read(uid);
  return verb === 'remove' ? vault.remove(uid) : vault.probe();
}

const results: Result<string | undefined>[] = [];
for (const step of task.steps) results.push(await take(step));
process.stdout.write(JSON.stringify(results));
