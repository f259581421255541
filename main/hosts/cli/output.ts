import type { Failure } from '../../domain/failure.ts';
import { printable, printableLines } from '../../domain/text/printable.ts';

export type Streams = {
  readonly out: {
    write(text: string): boolean;
    once(event: 'drain', call: () => void): unknown;
    readonly isTTY?: boolean;
  };
  readonly err: { write(text: string): boolean; readonly isTTY?: boolean; readonly columns?: number };
};

/** Writes results to standard output: text for people, or JSON and nothing else. The rest goes to standard error. */
export type Output = {
  readonly json: boolean;
  /** Prints a line of text; nothing with --json. */
  line(text: string): void;
  /** Prints text as it is, but nothing that controls a terminal; waits for a slow reader. */
  raw(text: string): Promise<void>;
  /** Prints the one document of a --json command. */
  document(value: unknown): void;
  /** Prints an NDJSON event with --json. */
  event(value: { readonly event: string } & Readonly<Record<string, unknown>>): void;
  /** Prints to standard error, with --json too. */
  note(text: string): void;
  /** Shows a line that the next replaces, on a terminal only. */
  progress(text: string): void;
  failed(error: Failure, how: 'document' | 'event'): void;
};

export function createOutput(streams: Streams, json: boolean): Output {
  let progressLength = 0;
  const clearProgress = () => {
    if (progressLength > 0) streams.err.write(`\r${' '.repeat(progressLength)}\r`);
    progressLength = 0;
  };
  const print = (text: string) => {
    clearProgress();
    return streams.out.write(streams.out.isTTY === true ? printableLines(text) : text);
  };
  const writeNote = (text: string) => {
    clearProgress();
    streams.err.write(`${printable(text)}\n`);
  };
  return {
    json,
    line(text) {
      if (!json) print(`${printable(text)}\n`);
    },
    async raw(text) {
      if (!print(text)) await new Promise<void>((resolve) => streams.out.once('drain', resolve));
    },
    document(value) {
      if (json) print(`${JSON.stringify(value, null, 2)}\n`);
    },
    event(value) {
      if (json) print(`${JSON.stringify(value)}\n`);
    },
    note: writeNote,
    progress(text) {
      if (streams.err.isTTY !== true) return;
      clearProgress();
      const { columns = 0 } = streams.err;
      // Some terminals report 0 for an unknown width.
      const shown = printable(text).slice(0, (columns === 0 ? 80 : columns) - 1);
      progressLength = shown.length;
      streams.err.write(shown);
    },
    failed(error, how) {
      const { code, message } = error;
      if (!json) return writeNote(message);
      if (how === 'event') print(`${JSON.stringify({ event: 'error', code, message })}\n`);
      else print(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
      writeNote(message);
    },
  };
}
