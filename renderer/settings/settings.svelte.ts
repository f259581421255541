import type { SettingsChange, SettingsView } from '../../main/contract/settings.ts';
import type { Door } from '../client/connect.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';

/** What the user has set; before it is read, what a new user has. */
export class Settings {
  view = $state.raw<SettingsView | undefined>();
  readonly #door: Door;
  readonly #notices: Notices;

  constructor(door: Door, notices: Notices) {
    this.#door = door;
    this.#notices = notices;
  }

  listen(): void {
    this.#door.listen(({ topic }) => {
      if (topic === 'settings') void this.load();
    });
  }

  readonly load = async (): Promise<void> => {
    const read = await this.#door.call('settings.get', {});
    if (read.ok) this.#take(read.value);
    else this.#notices.failed(read.error);
  };

  async change(change: SettingsChange): Promise<void> {
    const changed = await this.#door.call('settings.change', change);
    if (changed.ok) this.#take(changed.value);
    else this.#notices.failed(changed.error);
  }

  #take(view: SettingsView): void {
    this.view = view;
    document.documentElement.dataset['theme'] = view.theme;
  }
}
