import { expect, test } from 'vitest';
import { parseRate, parseInteger, protectQuery, speaksInEvents } from '../../../main/hosts/cli/arguments.ts';
import { createProgram, optionsOf } from '../../../main/hosts/cli/program.ts';

const program = createProgram('0.0.0', () => Promise.resolve(), 'linux');
const protect = (line: string) => protectQuery(line.split(' '), (command) => optionsOf(program, command)).join(' ');

test.each([
  ['search -draft', 'search -- -draft'],
  ['search -draft --json --limit 3', 'search --json --limit 3 -- -draft'],
  ['search --json -draft', 'search --json -- -draft'],
  ['search --limit 3 -draft', 'search --limit 3 -- -draft'],
  ['search --limit=3 -seen:7d', 'search --limit=3 -- -seen:7d'],
  ['export --format csv --excel -draft', 'export --format csv --excel -- -draft'],
  ['export --excel ; -draft --format csv', 'export --excel ; --format csv -- -draft'],
  ['plan -draft --to -odd', 'plan --to -odd -- -draft'],
  ['download --to out -(a', 'download --to out -- -(a'],
])('%s: the query is told from the options', (line, wanted) => {
  expect(protect(line)).toBe(wanted);
});

test.each([
  ['search -h'],
  ['search logo'],
  ['search logo -draft'],
  ['search -- -draft'],
  ['search -'],
  ['search'],
  ['search --limit'],
  ['sync -draft'],
  ['accounts add --name search -x'],
  ['-V'],
])('%s: is left as it is', (line) => {
  expect(protect(line)).toBe(line);
});

test('events are for what takes its time', () => {
  const speaking = ['sync', 'sync Brand --json', 'download x --to y', 'transfers resume'];
  const silent = [
    'search',
    'download x --to y --dry-run',
    'download --dry-run x',
    'plan',
    'transfers list',
    'accounts add',
    '',
  ];
  expect(speaking.filter((line) => !speaksInEvents(line.split(' ')))).toEqual([]);
  expect(silent.filter((line) => speaksInEvents(line.split(' ')))).toEqual([]);
});

test('rates and whole numbers are read strictly', () => {
  expect(['5M', '500k', '1.5MB/s', '7', '2GiB', ' 3K '].map(parseRate)).toEqual([
    5_242_880,
    512_000,
    1_572_864,
    7,
    2 ** 31,
    3072,
  ]);
  expect(['', '0', '-5', 'M', '1e3', '5 apples', '99999999999G'].map(parseRate)).toEqual(Array(7).fill(undefined));
  expect(['3', '0', '10'].map((text) => parseInteger(text, 0, 10))).toEqual([3, 0, 10]);
  expect(['-1', '11', '3.5', '', ' 3', '0x3'].map((text) => parseInteger(text, 0, 10))).toEqual(
    Array(6).fill(undefined),
  );
});
