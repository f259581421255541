import { expect, test } from 'vitest';
import { judge, printFigures, type Figure } from '../../bench/figures.ts';

const keystroke: Figure = {
  ...{ what: 'keystroke', value: 20, unit: 'ms', reach: 16 },
  ...{ against: { what: 'by LIKE', value: 90 }, slowest: ['“no” 23'] },
};
const sync: Figure = {
  ...{ what: 'first sync', value: 30_000, unit: 'rows/s', atLeast: 25_000 },
  against: { what: 'only parsed', value: 50_000 },
};

test('a figure says whether it is reached, and how much better it is than what it is compared with', () => {
  expect(judge(keystroke)).toMatchObject({ outcome: 'not reached', ratio: 4.5 });
  expect(judge({ ...keystroke, value: 16 }).outcome).toBe('reached');
  expect(judge(sync)).toMatchObject({ outcome: 'reached', ratio: 0.6 });
  expect(judge({ ...sync, value: 24_999 }).outcome).toBe('not reached');
  const plain: Figure = { what: 'jump', value: 8, unit: 'ms' };
  expect(judge(plain)).toEqual(plain);
});

test('for people the same is a line', () => {
  const [title, ...lines] = printFigures('search', [keystroke, sync]).split('\n');
  expect(title).toBe('search');
  expect(lines[0]).toMatch(
    /^keystroke +20[.]0 ms +NOT reached [(]16[.]0[)] +90[.]0 ms by LIKE: 4[.]50 × as good +slowest: “no” 23$/u,
  );
  expect(lines[1]).toMatch(/reached [(]25000[)] +50000 rows[/]s only parsed: 0[.]60 × as good$/u);
});
