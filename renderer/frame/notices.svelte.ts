import type { Failure } from '../../main/domain/failure.ts';

export type Notice = { readonly id: number; readonly kind: 'good' | 'bad'; readonly text: string };

const mostNotices = 4;
/** Long enough to read one; what went wrong stays until it is dismissed. */
const goodForMs = 8_000;

/** Short sentences at the window's foot: what failed, and what was done that shows nowhere else. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #lastId = 0;

  say(kind: Notice['kind'], text: string): void {
    // The same sentence again replaces itself, so that what fails repeatedly does not fill the window.
    const others = this.list.filter((notice) => notice.text !== text);
    const id = ++this.#lastId;
    this.list = [...others, { id, kind, text }].slice(-mostNotices);
    if (kind === 'good') setTimeout(() => this.dismiss(id), goodForMs);
  }

  /** A lost connection is said by a banner of its own. */
  failed(failure: Failure): void {
    if (failure.code !== 'offline') this.say('bad', failure.message);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
