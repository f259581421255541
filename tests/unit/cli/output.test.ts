import { expect, test } from 'vitest';
import { failureCodes } from '../../../main/domain/failure.ts';
import { exitCodeOf, gravest } from '../../../main/hosts/cli/exit-code.ts';
import { printable, printableLines } from '../../../main/domain/text/printable.ts';
import { createOutput } from '../../../main/hosts/cli/output.ts';
import { columns, plural } from '../../../main/hosts/cli/text/text.ts';

/** Records the output on both streams of a terminal or a pipe. */
function recordOutput(json: boolean, isTTY: boolean) {
  const written = { out: '', err: '' };
  const out = { write: (text: string) => ((written.out += text), true), once: () => undefined, isTTY };
  const err = { write: (text: string) => ((written.err += text), true), isTTY, columns: 20 };
  return { written, output: createOutput({ out, err }, json) };
}

test('a bar is drawn on a terminal alone, fits its width, and makes way for every line', () => {
  const terminal = recordOutput(false, true);
  terminal.output.progress('page 1 of 26 and much more than fits');
  terminal.output.line('done');
  expect(terminal.written).toEqual({ out: 'done\n', err: `page 1 of 26 and mu\r${' '.repeat(19)}\r` });
  const pipe = recordOutput(false, false);
  pipe.output.progress('page 1');
  expect(pipe.written).toEqual({ out: '', err: '' });
});

test('with --json only documents and events are printed; a failure is said in both places', () => {
  const { written, output } = recordOutput(true, false);
  output.line('for people');
  output.event({ event: 'done', calls: 1 });
  output.failed({ code: 'busy', message: 'Wait.' }, 'event');
  expect(written).toEqual({
    out: '{"event":"done","calls":1}\n{"event":"error","code":"busy","message":"Wait."}\n',
    err: 'Wait.\n',
  });
});

/** Control characters that a server's names, URLs and messages may contain. */
const steering = '\u001b[2J\u009b31m\u0007\b\r\u007f\u202e\u2066\u061c\u2028\u{e0041}\ud800';

test('what comes from the API can’t steer a terminal', () => {
  expect(printable('a\u001b[2Jb\u202ec\rd\u0007')).toBe('a\\u001b[2Jb\\u202ec\\u000dd\\u0007');
  expect(printable('a\nb\tc\u{e0041}')).toBe('a\\u000ab\\u0009c\\udb40\\udc41');
  for (const text of ['Zürich 日本 🌍', '👩‍💻 می‌خواهم', '\ufeffa']) {
    expect(printable(text)).toBe(text);
    expect(printableLines(`${text}\n\t1\r\n`)).toBe(`${text}\n\t1\r\n`);
  }
  const safe = /^[\n -~]*$/;
  const { written, output } = recordOutput(false, true);
  output.line(`name ${steering}\nfalse line`);
  output.note(`note ${steering}\nfalse line`);
  output.progress(`bar ${steering}`);
  output.failed({ code: 'busy', message: `failed ${steering}` }, 'event');
  expect(written.out).toMatch(safe);
  expect(written.err.replaceAll(/\r *\r/g, '')).toMatch(safe);
  expect([written.out, written.err].map((text) => text.split('\n').length)).toEqual([2, 3]);
});

test('an export or JSON on a terminal is escaped, and its value stays; in a pipe nothing is changed', async () => {
  const csv = `a,"${steering}"\tb\r\nc\r\n`;
  const value = { name: steering.slice(0, -1) };
  for (const isTTY of [true, false]) {
    const { written, output } = recordOutput(true, isTTY);
    await output.raw(csv);
    expect(written.out === csv).toBe(!isTTY);
    expect(/^[\r\n\t -~]*$/.test(written.out)).toBe(isTTY);
    written.out = '';
    output.document(value);
    output.event({ event: 'done', ...value });
    expect(/^[\n -~]*$/.test(written.out)).toBe(isTTY);
    const [document = '', event = ''] = written.out.split('\n{"event"');
    expect([JSON.parse(document), JSON.parse(`{"event"${event}`)]).toEqual([value, { event: 'done', ...value }]);
  }
});

test('columns are straight, and one very long cell shifts its own line alone', () => {
  const long = 'x'.repeat(60);
  expect(
    columns([
      ['a', '1'],
      ['bcd', '22'],
      [long, '3'],
      ['é', ''],
    ]),
  ).toEqual(['a    1', 'bcd  22', `${long}  3`, 'é']);
  expect(columns([])).toEqual([]);
  expect([plural(1, 'call'), plural(0, 'call'), plural(1204, 'image')]).toEqual(['1 call', '0 calls', '1,204 images']);
});

test('every failure has its exit code, and of several the gravest counts', () => {
  const documented = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 130]);
  expect(failureCodes.filter((code) => !documented.has(exitCodeOf(code)))).toEqual([]);
  const order = [1, 8, 7, 9, 6, 3, 5, 4, 2, 0];
  for (const [at, code] of order.entries()) expect(gravest(order.slice(at).toReversed())).toBe(code);
  expect(gravest([])).toBe(0);
});
