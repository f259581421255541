const lookEveryMs = 25;

export type MemoryWatch = {
  /** Resolves once the process takes more memory than the limit; never, if it does not. */
  readonly exceeded: Promise<'exceeded'>;
  end(): void;
};

/**
 * Watches the memory of this very process, the library's own included, which no option of Node or of the library bounds.
 * The library works in threads of its own, so that this one can look.
 */
export function watchMemory(mostBytes: number): MemoryWatch {
  const { promise, resolve } = Promise.withResolvers<'exceeded'>();
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) resolve('exceeded');
  }, lookEveryMs);
  return { exceeded: promise, end: () => clearInterval(timer) };
}

/** Returns whether so much of the limit is in use that another image might not fit. */
export function isHalfTaken(mostBytes: number): boolean {
  return process.memoryUsage.rss() > mostBytes / 2;
}
