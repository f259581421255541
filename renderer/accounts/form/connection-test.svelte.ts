import type { CallOf } from '../../../main/contract/command.ts';
import type { Commands } from '../../../main/contract/commands/commands.ts';
import type { Failure } from '../../../main/domain/failure.ts';
import type { RpcClient } from '../../client/connect.svelte.ts';

export type TestSubject = CallOf<Commands['accounts.test']>;

export type TestOutcome =
  | { readonly state: 'running' }
  | { readonly state: 'works'; readonly total: number; readonly calls: number }
  | { readonly state: 'failed'; readonly failure: Failure };

/** A test of a connection and its answer, which counts only for what was tested: other fields, no answer. */
export class ConnectionTest {
  #latest = $state.raw<{ readonly of: string; readonly outcome: TestOutcome } | undefined>();
  readonly #door: RpcClient;

  constructor(door: RpcClient) {
    this.#door = door;
  }

  outcomeOf(subject: TestSubject): TestOutcome | undefined {
    return this.#latest?.of === JSON.stringify(subject) ? this.#latest.outcome : undefined;
  }

  /** One call to the API. */
  async run(subject: TestSubject): Promise<void> {
    const of = JSON.stringify(subject);
    const started = { of, outcome: { state: 'running' } } as const;
    this.#latest = started;
    const tested = await this.#door.call('accounts.test', subject);
    if (this.#latest !== started) return;
    const outcome: TestOutcome = tested.ok
      ? { state: 'works', ...tested.value }
      : { state: 'failed', failure: tested.error };
    this.#latest = { of, outcome };
  }

  /** Its answer is waited for no more. */
  readonly stop = (): void => {
    this.#latest = undefined;
  };
}
