const intervalMs = 25;

export type MemoryWatch = {
  /** Resolves once the process uses more memory than the limit; otherwise never. */
  readonly exceeded: Promise<'exceeded'>;
  end(): void;
};

/**
 * Watches this process's memory, the library's included, which no option of Node or of the library limits. The library
 * runs in its own threads, so this one can check.
 */
export function watchMemory(maxBytes: number): MemoryWatch {
  const { promise, resolve } = Promise.withResolvers<'exceeded'>();
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > maxBytes) resolve('exceeded');
  }, intervalMs);
  return { exceeded: promise, end: () => clearInterval(timer) };
}

/** Returns whether so much of the limit is in use that another image might not fit. */
export function isHalfTaken(maxBytes: number): boolean {
  return process.memoryUsage.rss() > maxBytes / 2;
}
