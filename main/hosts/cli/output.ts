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

/** Standard output holds results only: text for people, or JSON and nothing else. The rest goes to standard error. */
export type Output = {
  readonly json: boolean;
  /** A line for people; left out with --json. */
  line(text: string): void;
  /** Text as it is, but that nothing in it steers a terminal; waits where the reader is slower. */
  raw(text: string): Promise<void>;
  /** The one document of a --json command. */
  document(value: unknown): void;
  /** One NDJSON event with --json. */
  event(value: { readonly event: string } & Readonly<Record<string, unknown>>): void;
  /** Beside the results, in both forms. */
  note(text: string): void;
  /** A line that the next replaces, on a terminal only. */
  progress(text: string): void;
  failed(error: Failure, how: 'document' | 'event'): void;
};

export function createOutput(streams: Streams, json: boolean): Output {
  let barLength = 0;
  const clearBar = () => {
    if (barLength > 0) streams.err.write(`\r${' '.repeat(barLength)}\r`);
    barLength = 0;
  };
  const print = (text: string) => {
    clearBar();
    return streams.out.write(streams.out.isTTY === true ? printableLines(text) : text);
  };
  const say = (text: string) => {
    clearBar();
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
    note: say,
    progress(text) {
      if (streams.err.isTTY !== true) return;
      clearBar();
      const { columns = 0 } = streams.err;
      // Some terminals say 0 for a width that they don't know.
      const shown = printable(text).slice(0, (columns === 0 ? 80 : columns) - 1);
      barLength = shown.length;
      streams.err.write(shown);
    },
    failed(error, how) {
      const { code, message } = error;
      if (!json) return say(message);
      if (how === 'event') print(`${JSON.stringify({ event: 'error', code, message })}\n`);
      else print(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
      say(message);
    },
  };
}
