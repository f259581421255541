import { planReasons, type PlanAction, type PlanItem, type PlanItems, type PlanReason } from './plan-types.ts';
import { createTextStore, type TextStore } from './text-store.ts';
import { notesOf, type Wish } from './wish.ts';

/** A plan's items in columns, some fifty bytes each beside their texts. */
export type PlanColumns = PlanItems & {
  /** Of the names and paths. */
  readonly texts: TextStore;
  /** As the reason says that holds where nothing is in the way; returns the item's position. */
  add(wish: Wish): number;
  /** Where the template wants it, as a path and as its place in `texts`. */
  wanted(index: number): { readonly path: string; readonly place: number };
  /** Where it was put, as far as it was. */
  pathOf(index: number): string;
  /** Places in `texts`, of the item's path and of the one beside it. */
  put(index: number, pathPlace: number): void;
  putBeside(index: number, pathPlace: number): void;
  /** Whether the file's own name is another than the template gave. */
  isNameChanged(index: number): boolean;
  /** Without its texts. */
  briefly(index: number): Pick<PlanItem, 'action' | 'reason' | 'notes' | 'expectedBytes'>;
  /** Once its path is known; what is fetched to another path than the template gave is renamed. */
  conclude(index: number, reason: PlanReason): void;
};

const actions: readonly PlanAction[] = ['skip', 'fetch', 'rename'];
const noteMask = 15;
const nameChanged = 16;

/** For at most `capacity` items. */
export function createPlanColumns(capacity: number): PlanColumns {
  const texts = createTextStore();
  const accountIds = new Float64Array(capacity);
  const ids = new Float64Array(capacity);
  /** NaN where nothing is known. */
  const lows = new Float64Array(capacity);
  const highs = new Float64Array(capacity);
  const reasons = new Uint8Array(capacity);
  const actionCodes = new Uint8Array(capacity);
  const flags = new Uint8Array(capacity);
  /** Places in `texts` and one; 0 is none. An image that is called as its wanted path ends needs no name. */
  const [names, wanted, paths] = [new Uint32Array(capacity), new Uint32Array(capacity), new Uint32Array(capacity)];
  const besides = new Map<number, number>();
  let length = 0;
  const textAt = (column: Uint32Array, index: number): string | null => {
    const place = column[index] ?? 0;
    return place === 0 ? null : texts.at(place - 1);
  };
  const reasonOf = (index: number): PlanReason => planReasons[reasons[index] ?? 0] ?? 'new';
  const isNameChanged = (index: number): boolean => ((flags[index] ?? 0) & nameChanged) !== 0;
  const briefly: PlanColumns['briefly'] = (index) => {
    const low = lows[index] ?? NaN;
    return {
      action: actions[actionCodes[index] ?? 0] ?? 'skip',
      reason: reasonOf(index),
      notes: notesOf((flags[index] ?? 0) & noteMask),
      expectedBytes: Number.isNaN(low) ? null : { low, high: highs[index] ?? low },
    };
  };
  const setReason = (index: number, reason: PlanReason): void => {
    reasons[index] = planReasons.indexOf(reason);
  };
  return {
    texts,
    get length() {
      return length;
    },
    add({ image, path, reason, noteBits, expectedBytes, ...wish }) {
      const index = length++;
      if (index >= capacity) throw new RangeError(`A plan for ${String(capacity)} images was given more`);
      accountIds[index] = image.accountId;
      ids[index] = image.id;
      lows[index] = expectedBytes?.low ?? NaN;
      highs[index] = expectedBytes?.high ?? NaN;
      flags[index] = noteBits | (wish.isNameChanged ? nameChanged : 0);
      if (path !== null) wanted[index] = texts.add(path) + 1;
      if (path === null || nameIn(path) !== image.name) names[index] = texts.add(image.name) + 1;
      actionCodes[index] = reason === 'other-file' ? 0 : 1;
      setReason(index, reason);
      return index;
    },
    wanted: (index) => ({ path: textAt(wanted, index) ?? '', place: (wanted[index] ?? 0) - 1 }),
    pathOf: (index) => textAt(paths, index) ?? '',
    put(index, pathPlace) {
      paths[index] = pathPlace + 1;
    },
    putBeside: (index, pathPlace) => void besides.set(index, pathPlace),
    conclude(index, reason) {
      const isRenamed = isNameChanged(index) || paths[index] !== wanted[index];
      actionCodes[index] = reason === 'saved' || reason === 'exists' ? 0 : isRenamed ? 2 : 1;
      setReason(index, reason);
    },
    isNameChanged,
    briefly,
    reasonOf,
    at(index) {
      const beside = besides.get(index);
      return {
        ...briefly(index),
        accountId: accountIds[index] ?? 0,
        id: ids[index] ?? 0,
        name: textAt(names, index) ?? nameIn(textAt(wanted, index) ?? ''),
        relativePath: textAt(paths, index),
        besidePath: beside === undefined ? null : texts.at(beside),
      };
    },
  };
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
