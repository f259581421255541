/**
 * Watches this thread; the answer is the most processor time, in ms, between two rounds of its event loop: what others do
 * on the machine is not in it.
 */
export function watchProcessor(): () => number {
  let most = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = process.threadCpuUsage();
    most = Math.max(most, (now.user + now.system - last.user - last.system) / 1000);
    last = now;
  }, 1);
  timer.unref();
  return () => {
    clearInterval(timer);
    return most;
  };
}
