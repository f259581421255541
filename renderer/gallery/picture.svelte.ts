import type { ImageRow } from '../../main/contract/catalogue.ts';
import { isOtherExtension } from '../../main/domain/picture-check/extensions.ts';
import type { Door } from '../client/connect.svelte.ts';

export type PictureProblem = { readonly message: string; readonly canRetry: boolean; readonly isOther: boolean };

/** One place for a picture: what it shows, or why it can't. It is given another image when its row scrolls on. */
export class Picture {
  source = $state<string | undefined>();
  isShown = $state(false);
  problem = $state.raw<PictureProblem | undefined>();
  readonly #door: Door;
  #url = '';
  #tries = 0;

  constructor(door: Door) {
    this.#door = door;
  }

  show(url: string, row: ImageRow): void {
    if (url === this.#url) return;
    this.#url = url;
    this.#tries = 0;
    this.isShown = false;
    // What is no picture is not asked for: its bytes would be fetched in vain.
    this.problem = isOtherExtension(row.ext) ? { message: '', canRetry: false, isOther: true } : undefined;
    this.source = this.problem === undefined ? url : undefined;
  }

  /** What could not be had for a while may be had by now. */
  retryWhatFailed(): void {
    if (this.problem?.canRetry === true) this.#again();
  }

  loaded(): void {
    this.isShown = true;
  }

  /** An image element does not say why: the core does. */
  async failed({ accountId, id }: ImageRow): Promise<void> {
    const url = this.#url;
    const explained = await this.#door.call('thumbnails.explain', { accountId, id });
    if (url !== this.#url || !explained.ok) return;
    if (explained.value !== null) this.problem = { ...explained.value, isOther: false };
    else if (this.#tries === 0) this.#again();
  }

  async retry({ accountId, id }: ImageRow): Promise<void> {
    const url = this.#url;
    await this.#door.call('thumbnails.retry', { accountId, id });
    if (url === this.#url) this.#again();
  }

  #again(): void {
    this.#tries += 1;
    this.problem = undefined;
    this.isShown = false;
    this.source = `${this.#url}&try=${this.#tries}`;
  }
}
