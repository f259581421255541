import type { CallOf } from '../../main/contract/command.ts';
import type { Commands } from '../../main/contract/commands/commands.ts';
import type { SettingsView } from '../../main/contract/commands/settings.ts';
import { usualSettings } from '../../main/domain/settings.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';

export type SettingsChange = CallOf<Commands['settings.change']>;

/** What the user has set; until it was read, what a new user has. */
export class Settings {
  #view = $state.raw<SettingsView>({ settings: usualSettings, defaults: { destination: null }, notice: null });
  readonly #door: RpcClient;
  readonly #notices: Notices;
  #revision = 0;

  constructor(door: RpcClient, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  get values(): SettingsView['settings'] {
    return this.#view.settings;
  }

  /** Where downloads go unless another place is named; null where neither user nor machine has one. */
  get destination(): string | null {
    return this.values.lastDestination ?? this.#view.defaults.destination;
  }

  /** What this machine would choose for a new user. */
  get defaultDestination(): string | null {
    return this.#view.defaults.destination;
  }

  listen(): void {
    this.#door.listen((message) => {
      if (message.topic !== 'settings' || message.revision < this.#revision) return;
      this.#revision = message.revision;
      this.#take(message.settings);
    });
  }

  readonly load = async (): Promise<void> => {
    const read = await this.#door.call('settings.get', {});
    if (!read.ok) return this.#notices.failed(read.error);
    this.#take(read.value);
    if (read.value.notice !== null) this.#notices.say('bad', read.value.notice);
  };

  /** Shows once it is kept; where it can't be, that is said. */
  async change(change: SettingsChange): Promise<void> {
    const changed = await this.#door.call('settings.change', change);
    if (changed.ok) this.#take(changed.value);
    else this.#notices.failed(changed.error);
  }

  #take(view: SettingsView): void {
    this.#view = view;
    document.documentElement.dataset['theme'] = view.settings.theme;
  }
}
