import { execFile } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Result } from '../../../main/domain/result.ts';
import type { Environment } from '../../../main/adapters/helpers/child-environment.ts';

export type DriverStep =
  readonly ['write', string, string] | readonly ['read', string] | readonly ['remove', string] | readonly ['probe'];
export type DriverTask = { readonly steps: readonly DriverStep[]; readonly timeoutMs: number };

const driver = fileURLToPath(new URL('./keychain-driver.ts', import.meta.url));

/** Runs the steps in a child process, which must end by itself: after 20 s it is killed, and this rejects. */
export async function inDriver(
  environment: Environment,
  steps: readonly DriverStep[],
  timeoutMs = 10_000,
): Promise<readonly Result<string | undefined>[]> {
  const task: DriverTask = { steps, timeoutMs };
  const limits = { timeout: 20_000, killSignal: 'SIGKILL' } as const;
  const driven = promisify(execFile)(process.execPath, [driver, JSON.stringify(task)], {
    env: { ...environment },
    ...limits,
  });
  return JSON.parse((await driven).stdout) as Result<string | undefined>[];
}
