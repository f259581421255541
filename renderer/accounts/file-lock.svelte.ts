import type { Failure } from '../../main/domain/failure.ts';
import type { Door } from '../client/connect.svelte.ts';
import type { VaultProblems } from './vault-rules.ts';

/** Opens the file with the keys by the passphrase that is typed. */
export class FileLock {
  passphrase = $state('');
  problems = $state.raw<VaultProblems>({});
  failure = $state.raw<Failure | undefined>();
  isOpening = $state(false);
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Whether it is open now. */
  async open(): Promise<boolean> {
    const { passphrase } = this;
    this.problems = passphrase === '' ? { passphrase: 'vault.passphraseMissing' } : {};
    this.failure = undefined;
    if (passphrase === '' || this.isOpening) return false;
    this.isOpening = true;
    const unlocked = await this.#door.call('vault.unlock', { tier: 'file', passphrase });
    this.isOpening = false;
    if (unlocked.ok) this.passphrase = '';
    else if (unlocked.error.code === 'wrong-passphrase') this.problems = { passphrase: 'vault.wrongPassphrase' };
    else this.failure = unlocked.error;
    return unlocked.ok;
  }
}
