import { spawn } from 'node:child_process';

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, started?: ((pid: number) => void) | undefined }} Where */
/** @typedef {{ code: number, signal: NodeJS.Signals | null, stdout: string, output: string, missing: boolean }} Outcome */

/** @type {readonly NodeJS.Signals[]} */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Forwards signals to a child, except Ctrl+C on a terminal, which reaches the whole process group anyway.
 * @param {import('node:child_process').ChildProcess} child
 * @param {(signal: NodeJS.Signals) => void} [onSignal]
 */
function forwardSignals(child, onSignal) {
  const handlers = forwardedSignals.map((signal) => {
    const handler = () => {
      onSignal?.(signal);
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/**
 * Runs a command on this process's own streams until it ends.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Where} [spawnOptions]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, missing: boolean }>}
 */
export function runThrough(file, args, spawnOptions = {}) {
  return new Promise((resolve) => {
    const { started, ...options } = spawnOptions;
    const child = spawn(file, args, { ...options, stdio: 'inherit' });
    if (child.pid !== undefined) started?.(child.pid);
    const stopForwarding = forwardSignals(child);
    child.once('error', () => {
      stopForwarding();
      resolve({ code: 127, signal: null, missing: true });
    });
    child.once('exit', (code, signal) => {
      stopForwarding();
      resolve({ code: code ?? 1, signal, missing: false });
    });
  });
}

/**
 * Runs a command to its end without input and returns standard output, and both streams combined. A signal to this
 * process ends the command, and then this process.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Where} [spawnOptions]
 * @returns {Promise<Outcome>}
 */
export function capture(file, args, spawnOptions = {}) {
  return new Promise((resolve) => {
    const { started, ...options } = spawnOptions;
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) started?.(child.pid);
    /** @type {NodeJS.Signals | undefined} */
    let interruptedBy;
    let stdout = '';
    let output = '';
    const stopForwarding = forwardSignals(child, (signal) => (interruptedBy = signal));
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    child.once('error', (error) => {
      stopForwarding();
      resolve({ code: 127, signal: null, stdout, output: `${file}: ${error.message}\n`, missing: true });
    });
    child.once('close', (code, signal) => {
      stopForwarding();
      if (interruptedBy !== undefined) endBy(interruptedBy);
      resolve({ code: code ?? 1, signal, stdout, output, missing: false });
    });
  });
}

/**
 * Ends this process when its parent ends: npm forwards a signal to its shell only, and a shell ends alone.
 * @param {number} [pollMs]
 */
export function endWithParent(pollMs = 500) {
  const parent = process.ppid;
  const checkParent = () => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  };
  setInterval(checkParent, pollMs).unref();
}

/**
 * Ends this process with a child's exit code or signal.
 * @param {{ code: number, signal: NodeJS.Signals | null }} outcome
 * @returns {never}
 */
export function endLike(outcome) {
  if (outcome.signal !== null) endBy(outcome.signal);
  process.exit(outcome.code);
}

/** @type {Readonly<Partial<Record<NodeJS.Signals, number>>>} */
const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * @param {NodeJS.Signals} signal
 * @returns {never}
 */
function endBy(signal) {
  process.exit(128 + (signalNumbers[signal] ?? 1));
}
