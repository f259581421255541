import type { Failure } from '../../../main/domain/failure.ts';
import type { RpcClient } from '../../client/connect.svelte.ts';
import { unlockFile } from './unlock-file.ts';
import type { VaultProblems } from './vault-rules.ts';

/** Opens the file with the keys by the passphrase that is typed. */
export class FileLock {
  passphrase = $state('');
  problems = $state.raw<VaultProblems>({});
  failure = $state.raw<Failure | undefined>();
  isOpening = $state(false);
  readonly #door: RpcClient;

  constructor(door: RpcClient) {
    this.#door = door;
  }

  /** Whether it is open now. */
  async open(): Promise<boolean> {
    const { passphrase } = this;
    this.problems = passphrase === '' ? { passphrase: 'vault.passphraseMissing' } : {};
    this.failure = undefined;
    if (passphrase === '' || this.isOpening) return false;
    this.isOpening = true;
    const { isOpen, problems, failure } = await unlockFile(this.#door, passphrase);
    this.isOpening = false;
    if (isOpen) this.passphrase = '';
    this.problems = problems;
    this.failure = failure;
    return isOpen;
  }
}
