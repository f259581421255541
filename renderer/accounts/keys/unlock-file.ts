import type { Failure } from '../../../main/domain/failure.ts';
import type { RpcClient } from '../../client/connect.svelte.ts';
import type { VaultProblems } from './vault-rules.ts';

export type Unlocked = {
  readonly isOpen: boolean;
  /** What is wrong with what was typed. */
  readonly problems: VaultProblems;
  /** What else is in the way. */
  readonly failure: Failure | undefined;
};

/** Opens the file with the keys, or makes it where there is none yet. */
export async function unlockFile(door: RpcClient, passphrase: string): Promise<Unlocked> {
  const unlocked = await door.call('vault.unlock', { tier: 'file', passphrase });
  if (unlocked.ok) return { isOpen: true, problems: {}, failure: undefined };
  const isWrong = unlocked.error.code === 'wrong-passphrase';
  return {
    isOpen: false,
    problems: isWrong ? { passphrase: 'vault.wrongPassphrase' } : {},
    failure: isWrong ? undefined : unlocked.error,
  };
}
