import type { Counts } from '../../main/contract/commands/catalogue.ts';
import type { SelectionHandle } from '../../main/domain/image/selection.ts';

export type CountsAsked = {
  readonly texts: readonly string[];
  readonly syncs: readonly number[];
  readonly selection: SelectionHandle | null;
};

/** A part that shows counts. All counts on the page are of one moment: they are asked for, and shown, together. */
export type Counted = {
  readonly asks: () => Partial<CountsAsked>;
  readonly take: (counts: Counts, asked: CountsAsked) => void;
};

const nothing: CountsAsked = { texts: [], syncs: [], selection: null };

export function askTogether(parts: readonly Counted[]) {
  const asked = parts.reduce<CountsAsked>((sum, part) => ({ ...sum, ...part.asks() }), nothing);
  return { ...asked, texts: [...asked.texts], syncs: [...asked.syncs] };
}
