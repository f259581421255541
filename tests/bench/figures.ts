/** One figure of a benchmark; times in ms. `reach` is its upper limit. */
export type Figure = {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'MB' | 'rows/s' | 'bytes' | 'nodes' | 'calls';
  readonly reach?: number;
  /** Its lower limit. */
  readonly atLeast?: number;
  /** The same work by other means in the same run. */
  readonly against?: { readonly what: string; readonly value: number };
  /** The slowest cases, with their ms. */
  readonly slowest?: readonly string[];
};

export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export type JudgedFigure = Figure & {
  /** Only for a figure with a limit. */
  readonly outcome?: 'reached' | 'not reached';
  /** How many times better than `against`: faster or smaller. */
  readonly ratio?: number;
};

export function judge(figure: Figure): JudgedFigure {
  const { value, unit, reach, atLeast, against } = figure;
  const isReached = value <= (reach ?? Infinity) && value >= (atLeast ?? -Infinity);
  const isRate = unit === 'rows/s';
  return {
    ...figure,
    ...(reach === undefined && atLeast === undefined ? {} : { outcome: isReached ? 'reached' : 'not reached' }),
    ...(against === undefined ? {} : { ratio: isRate ? value / against.value : against.value / value }),
  };
}

export function printFigures(title: string, figures: readonly Figure[]): string {
  const lines = figures
    .map(judge)
    .map(({ what, value, unit, reach, atLeast, against, slowest = [], outcome, ratio }) => {
      const goal = outcome === undefined ? '' : `${outcome.replace('not', 'NOT')} (${show(reach ?? atLeast ?? 0)})`;
      const other =
        against === undefined ? '' : `${show(against.value)} ${unit} ${against.what}: ${show(ratio ?? 0)} × as good`;
      const named = slowest.length === 0 ? '' : `slowest: ${slowest.join(', ')}`;
      return [what.padEnd(52), `${show(value)} ${unit}`.padStart(14), goal.padEnd(20), other, named]
        .join('  ')
        .trimEnd();
    });
  return [title, ...lines].join('\n');
}

function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function value<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
}
