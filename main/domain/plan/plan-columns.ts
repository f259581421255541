import { planReasons, type PlanAction, type PlanItem, type PlanItems, type PlanReason } from './plan-types.ts';
import { createTextStore, type TextStore } from './text-store.ts';
import { notesOf, type CandidatePath } from './candidate-path.ts';

/** A plan's items in columns, some fifty bytes each beside their texts. */
export type PlanColumns = PlanItems & {
  /** Of the names and paths. */
  readonly texts: TextStore;
  /** As the reason says that holds where nothing is in the way; returns the item's position. */
  add(wish: CandidatePath): number;
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

type Columns = ReturnType<typeof allocate>;

function allocate(capacity: number) {
  return {
    texts: createTextStore(),
    accountIds: new Float64Array(capacity),
    ids: new Float64Array(capacity),
    /** NaN where nothing is known. */
    lows: new Float64Array(capacity),
    highs: new Float64Array(capacity),
    reasons: new Uint8Array(capacity),
    actions: new Uint8Array(capacity),
    flags: new Uint8Array(capacity),
    // Places in `texts` and one; 0 is none. An image that is called as its wanted path ends needs no name.
    names: new Uint32Array(capacity),
    wanted: new Uint32Array(capacity),
    paths: new Uint32Array(capacity),
    besides: new Map<number, number>(),
  };
}

/** For at most `capacity` items. */
export function createPlanColumns(capacity: number): PlanColumns {
  const columns = allocate(capacity);
  const { texts, flags, wanted, paths, besides } = columns;
  let length = 0;
  const isNameChanged = (index: number): boolean => ((flags[index] ?? 0) & nameChanged) !== 0;
  return {
    texts,
    get length() {
      return length;
    },
    add(wish) {
      if (length >= capacity) throw new RangeError(`A plan for ${String(capacity)} images was given more`);
      write(columns, length, wish);
      return length++;
    },
    wanted: (index) => ({ path: textAt(columns, wanted, index) ?? '', place: (wanted[index] ?? 0) - 1 }),
    pathOf: (index) => textAt(columns, paths, index) ?? '',
    put(index, pathPlace) {
      paths[index] = pathPlace + 1;
    },
    putBeside: (index, pathPlace) => void besides.set(index, pathPlace),
    conclude(index, reason) {
      const isRenamed = isNameChanged(index) || paths[index] !== wanted[index];
      columns.actions[index] = reason === 'saved' || reason === 'exists' ? 0 : isRenamed ? 2 : 1;
      columns.reasons[index] = planReasons.indexOf(reason);
    },
    isNameChanged,
    briefly: (index) => readBriefly(columns, index),
    reasonOf: (index) => reasonAt(columns, index),
    at: (index) => read(columns, index),
  };
}

function write(columns: Columns, index: number, wish: CandidatePath): void {
  const { texts, accountIds, ids, lows, highs, reasons, actions: actionCodes, flags, names, wanted } = columns;
  const { image, path, reason, expectedBytes } = wish;
  accountIds[index] = image.accountId;
  ids[index] = image.id;
  lows[index] = expectedBytes?.low ?? NaN;
  highs[index] = expectedBytes?.high ?? NaN;
  flags[index] = wish.noteBits | (wish.isNameChanged ? nameChanged : 0);
  if (path !== null) wanted[index] = texts.add(path) + 1;
  if (path === null || nameIn(path) !== image.name) names[index] = texts.add(image.name) + 1;
  actionCodes[index] = reason === 'other-file' ? 0 : 1;
  reasons[index] = planReasons.indexOf(reason);
}

function read(columns: Columns, index: number): PlanItem {
  const { texts, accountIds, ids, names, wanted, paths, besides } = columns;
  const beside = besides.get(index);
  return {
    ...readBriefly(columns, index),
    accountId: accountIds[index] ?? 0,
    id: ids[index] ?? 0,
    name: textAt(columns, names, index) ?? nameIn(textAt(columns, wanted, index) ?? ''),
    relativePath: textAt(columns, paths, index),
    besidePath: beside === undefined ? null : texts.at(beside),
  };
}

function readBriefly(columns: Columns, index: number): ReturnType<PlanColumns['briefly']> {
  const low = columns.lows[index] ?? NaN;
  return {
    action: actions[columns.actions[index] ?? 0] ?? 'skip',
    reason: reasonAt(columns, index),
    notes: notesOf((columns.flags[index] ?? 0) & noteMask),
    expectedBytes: Number.isNaN(low) ? null : { low, high: columns.highs[index] ?? low },
  };
}

function reasonAt({ reasons }: Columns, index: number): PlanReason {
  return planReasons[reasons[index] ?? 0] ?? 'new';
}

function textAt({ texts }: Columns, places: Uint32Array, index: number): string | null {
  const place = places[index] ?? 0;
  return place === 0 ? null : texts.at(place - 1);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
