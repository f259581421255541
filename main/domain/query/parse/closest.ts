const longestTyped = 40;

/** Returns the choice that a typing mistake or two away was meant, or undefined. */
export function closestOf<Choice extends string>(typed: string, choices: readonly Choice[]): Choice | undefined {
  const text = typed.toLowerCase();
  if (text.length > longestTyped || !/[a-z]/.test(text)) return undefined;
  const rated = choices.map((choice) => ({ choice, distance: distanceOf(text, choice) }));
  const [best] = rated.sort((one, other) => one.distance - other.distance);
  const most = Math.max(1, Math.floor(text.length / 4));
  return best !== undefined && best.distance <= most && best.distance < text.length ? best.choice : undefined;
}

/** Counts the letters to add, leave out, replace or swap with the next (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (next[column - 1] ?? 0) + 1,
        (last[column] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped && row > 1 && column > 1) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      next.push(cost);
    }
    beforeLast = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
