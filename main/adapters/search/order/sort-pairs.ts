const runLength = 12;

/** Sorts `values` from `from` to `to` by the numbers beside them, both in place; equal keys keep their order. */
export function sortPairs(keys: Float64Array, values: Uint32Array, from = 0, to = keys.length): void {
  const length = to - from;
  for (let start = from; start < to; start += runLength)
    insertRun(keys, values, start, Math.min(to, start + runLength));
  if (length <= runLength) return;
  const spareKeys = new Float64Array(length);
  const spareValues = new Uint32Array(length);
  for (let width = runLength; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = from + Math.min(length, start + width);
      const end = from + Math.min(length, start + 2 * width);
      if (middle < end && (keys[middle - 1] ?? 0) > (keys[middle] ?? 0)) {
        mergeRuns({ keys, values, spareKeys, spareValues }, from + start, middle, end);
      }
    }
  }
}

function insertRun(keys: Float64Array, values: Uint32Array, from: number, to: number): void {
  for (let next = from + 1; next < to; next++) {
    const key = keys[next] ?? 0;
    const value = values[next] ?? 0;
    let at = next;
    for (; at > from && (keys[at - 1] ?? 0) > key; at--) {
      keys[at] = keys[at - 1] ?? 0;
      values[at] = values[at - 1] ?? 0;
    }
    keys[at] = key;
    values[at] = value;
  }
}

type Space = {
  readonly keys: Float64Array;
  readonly values: Uint32Array;
  readonly spareKeys: Float64Array;
  readonly spareValues: Uint32Array;
};

/** The left run is set aside and merged back. */
function mergeRuns({ keys, values, spareKeys, spareValues }: Space, start: number, middle: number, end: number): void {
  const left = middle - start;
  spareKeys.set(keys.subarray(start, middle));
  spareValues.set(values.subarray(start, middle));
  let one = 0;
  let other = middle;
  let at = start;
  while (one < left && other < end) {
    if ((keys[other] ?? 0) < (spareKeys[one] ?? 0)) {
      keys[at] = keys[other] ?? 0;
      values[at] = values[other] ?? 0;
      other += 1;
    } else {
      keys[at] = spareKeys[one] ?? 0;
      values[at] = spareValues[one] ?? 0;
      one += 1;
    }
    at += 1;
  }
  keys.set(spareKeys.subarray(one, left), at);
  values.set(spareValues.subarray(one, left), at);
}
