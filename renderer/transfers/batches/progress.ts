/** What is summed of a batch that runs. */
export type RunningBatch = {
  readonly planned: number;
  readonly unsettled: number;
  readonly bytesPerSecond: number;
  /** null where it can't be told. */
  readonly remainingMs: number | null;
};

export type Progress = {
  readonly planned: number;
  readonly settled: number;
  readonly bytesPerSecond: number;
  readonly remainingMs: number | null;
};

/** Several batches as if they were one: what is left of them all comes at the speed of them all. */
export function sumProgress(batches: readonly RunningBatch[]): Progress {
  const add = (read: (batch: RunningBatch) => number) => batches.reduce((sum, batch) => sum + read(batch), 0);
  const planned = add((batch) => batch.planned);
  const bytesPerSecond = add((batch) => batch.bytesPerSecond);
  const isKnown = batches.every(({ remainingMs }) => remainingMs !== null) && bytesPerSecond > 0;
  const left = add((batch) => (batch.remainingMs ?? 0) * batch.bytesPerSecond);
  return {
    planned,
    settled: planned - add((batch) => batch.unsettled),
    bytesPerSecond,
    remainingMs: isKnown ? left / bytesPerSecond : null,
  };
}

export const mostSamples = 60;

export function addSample(samples: readonly number[], bytesPerSecond: number): readonly number[] {
  return [...samples, bytesPerSecond].slice(-mostSamples);
}

/** The line of a graph of speeds, the newest at its right end; '' before there are two. Its top is the fastest of them. */
export function speedPath(samples: readonly number[], width: number, height: number): string {
  if (samples.length < 2) return '';
  const most = Math.max(...samples, 1);
  const step = width / (mostSamples - 1);
  const from = width - (samples.length - 1) * step;
  const points = samples.map((speed, index) => {
    return `${round(from + index * step)} ${round(height - (speed / most) * height)}`;
  });
  return `M${points.join('L')}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
