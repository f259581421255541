/**
 * Watches this thread; the returned function stops and returns the longest CPU time, in ms, between two turns of its
 * event loop, unaffected by other processes.
 */
export function watchProcessor(): () => number {
  let longestMs = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = process.threadCpuUsage();
    longestMs = Math.max(longestMs, (now.user + now.system - last.user - last.system) / 1000);
    last = now;
  }, 1);
  timer.unref();
  return () => {
    clearInterval(timer);
    return longestMs;
  };
}
