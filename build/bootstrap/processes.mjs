import { spawn } from 'node:child_process';

/** @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, started?: ((pid: number) => void) | undefined }} Where */
/** @typedef {{ code: number, signal: NodeJS.Signals | null, stdout: string, output: string, missing: boolean }} Outcome */

/** @type {readonly NodeJS.Signals[]} */
const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Passes signals on to a child. A terminal gives Ctrl+C to the whole group, the child included, so there it is not
 * sent a second time.
 * @param {import('node:child_process').ChildProcess} child
 * @param {(signal: NodeJS.Signals) => void} [heard]
 */
function passSignals(child, heard) {
  const handlers = passedOn.map((signal) => {
    const handler = () => {
      heard?.(signal);
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
 * @param {Where} [where]
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null, missing: boolean }>}
 */
export function runThrough(file, args, where = {}) {
  return new Promise((resolve) => {
    const { started, ...options } = where;
    const child = spawn(file, args, { ...options, stdio: 'inherit' });
    if (child.pid !== undefined) started?.(child.pid);
    const letGo = passSignals(child);
    child.once('error', () => {
      letGo();
      resolve({ code: 127, signal: null, missing: true });
    });
    child.once('exit', (code, signal) => {
      letGo();
      resolve({ code: code ?? 1, signal, missing: false });
    });
  });
}

/**
 * Runs a command to its end without input and keeps what it says: standard output, and both streams in one. A signal
 * to this process ends the command, and then this process.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Where} [where]
 * @returns {Promise<Outcome>}
 */
export function capture(file, args, where = {}) {
  return new Promise((resolve) => {
    const { started, ...options } = where;
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) started?.(child.pid);
    /** @type {NodeJS.Signals | undefined} */
    let interruptedBy;
    let stdout = '';
    let output = '';
    const letGo = passSignals(child, (signal) => (interruptedBy = signal));
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (output += text));
    child.once('error', (error) => {
      letGo();
      resolve({ code: 127, signal: null, stdout, output: `${file}: ${error.message}\n`, missing: true });
    });
    child.once('close', (code, signal) => {
      letGo();
      if (interruptedBy !== undefined) endBy(interruptedBy);
      resolve({ code: code ?? 1, signal, stdout, output, missing: false });
    });
  });
}

/**
 * npm, when it is told to end, tells its shell, and a shell ends alone: whoever finds its parent gone ends as well.
 * @param {number} [pollMs]
 */
export function endWithParent(pollMs = 500) {
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  };
  setInterval(watch, pollMs).unref();
}

/**
 * Ends this process as a child ended, so that whoever started it sees the same.
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
