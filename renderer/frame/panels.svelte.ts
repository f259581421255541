import { MediaQuery } from 'svelte/reactivity';
import type { Settings } from '../settings/settings.svelte.ts';

type Panel = 'sidebar' | 'inspector';

/** Which panels are open beside the gallery. In a narrow window they lie over it, one at a time, and only when asked for. */
export class Panels {
  readonly #settings: Settings;
  readonly #narrow = new MediaQuery('(max-width: 720px)', false);
  #over = $state<Panel | undefined>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  isOpen(panel: Panel): boolean {
    return this.#narrow.current ? this.#over === panel : this.#settings.values[panel];
  }

  toggle(panel: Panel): void {
    if (this.#narrow.current) this.#over = this.#over === panel ? undefined : panel;
    else void this.#settings.change({ [panel]: !this.#settings.values[panel] });
  }

  /** Closes the panel that lies over the gallery of a narrow window; false where there is none. */
  closeOver(): boolean {
    if (!this.#narrow.current || this.#over === undefined) return false;
    this.#over = undefined;
    return true;
  }
}
