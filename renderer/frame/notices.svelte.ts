import type { Failure } from '../../main/domain/failure.ts';

export type NoticeAction = { readonly label: string; readonly run: () => void };

export type Notice = {
  readonly id: number;
  readonly kind: 'good' | 'bad' | 'info';
  readonly text: string;
  /** Each of them dismisses it too; the first one leads. */
  readonly actions: readonly NoticeAction[];
};

const mostNotices = 4;
/** Long enough to read one; what went wrong stays until it is dismissed. */
const goodForMs = 8_000;

/** Short sentences at the window's foot: what failed, what was done that shows nowhere else, what is on offer. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  #lastId = 0;

  say(kind: 'good' | 'bad', text: string, actions: readonly NoticeAction[] = []): void {
    const id = this.#add({ kind, text, actions });
    if (kind === 'good') setTimeout(() => this.dismiss(id), goodForMs);
  }

  /** Stays until the user chose something, or dismissed it. */
  offer(text: string, actions: readonly NoticeAction[]): void {
    this.#add({ kind: 'info', text, actions });
  }

  #add(added: Omit<Notice, 'id'>): number {
    // The same sentence again replaces itself, so that what fails repeatedly does not fill the window.
    const others = this.list.filter((notice) => notice.text !== added.text);
    const id = ++this.#lastId;
    this.list = [...others, { ...added, id }].slice(-mostNotices);
    return id;
  }

  /** A lost connection is said by a banner of its own. */
  failed(failure: Failure): void {
    if (failure.code !== 'offline') this.say('bad', failure.message);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}
