import type { ImageRow } from '../../../main/contract/commands/catalogue.ts';
import { isOtherExtension } from '../../../main/domain/image-check/extensions.ts';
import type { RpcClient } from '../../client/connect.svelte.ts';
import type { ThumbnailQueue } from './thumbnail-queue.ts';

export type ThumbnailProblem = { readonly message: string; readonly canRetry: boolean; readonly isOther: boolean };

/** One place for a picture: what it shows, or why it can't. It is given another image when its row scrolls on. */
export class ThumbnailState {
  source = $state<string | undefined>();
  isShown = $state(false);
  problem = $state.raw<ThumbnailProblem | undefined>();
  readonly #door: RpcClient;
  readonly #line: ThumbnailQueue;
  #url = '';
  #tries = 0;
  #leave: (came: boolean) => void = () => undefined;

  constructor(door: RpcClient, line: ThumbnailQueue) {
    this.#door = door;
    this.#line = line;
  }

  /**
   * `position` in the result says when it is its turn; what was shown before is not asked for any more. Without a row it
   * shows nothing.
   */
  show(url: string, row: ImageRow | undefined, position: number): void {
    if (url === this.#url) return;
    this.#url = url;
    this.#tries = 0;
    this.#leave(false);
    this.isShown = false;
    this.source = undefined;
    // What is no picture is not asked for: its bytes would be fetched in vain.
    const isOther = row !== undefined && isOtherExtension(row.ext);
    this.problem = isOther ? { message: '', canRetry: false, isOther } : undefined;
    if (row !== undefined && !isOther) this.#leave = this.#line.wait(url, position, () => (this.source = url));
  }

  /** The place is gone. */
  end(): void {
    this.#leave(false);
  }

  /** What could not be had for a while may be had by now. */
  retryWhatFailed(): void {
    if (this.problem?.canRetry === true) this.#again();
  }

  loaded(): void {
    this.isShown = true;
    this.#leave(true);
  }

  /** An image element does not say why: the core does. */
  async failed({ accountId, id }: ImageRow): Promise<void> {
    const url = this.#url;
    this.#leave(false);
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
