import type { UpdateView } from '../../main/contract/commands/updates.ts';
import type { Result } from '../../main/domain/result.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';

/** How the app stands with its own updates, and what may be done about it. */
export class Updates {
  /** Undefined until it was read. */
  view = $state.raw<UpdateView | undefined>();
  readonly #door: RpcClient;
  readonly #notices: Notices;
  #revision = 0;

  constructor(door: RpcClient, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  /** Whether this host installs its updates itself. */
  get isPossible(): boolean {
    return this.view !== undefined && this.view.state !== 'absent';
  }

  listen(): void {
    this.#door.listen((message) => {
      if (message.topic !== 'updates' || message.revision < this.#revision) return;
      this.#revision = message.revision;
      this.view = message.update;
    });
  }

  readonly load = async (): Promise<void> => this.#take(this.#door.call('updates.state', {}));
  readonly check = async (): Promise<void> => this.#take(this.#door.call('updates.check', {}));
  readonly download = async (): Promise<void> => this.#take(this.#door.call('updates.download', {}));
  readonly install = async (): Promise<void> => this.#take(this.#door.call('updates.install', {}));

  async #take(asked: Promise<Result<UpdateView>>): Promise<void> {
    const answer = await asked;
    if (answer.ok) this.view = answer.value;
    else this.#notices.failed(answer.error);
  }
}
