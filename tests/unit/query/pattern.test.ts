import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileMachine } from '../../../main/domain/query/pattern/pattern-machine.ts';
import { parsePattern } from '../../../main/domain/query/pattern/pattern-syntax.ts';
import { compilePattern } from '../../../main/domain/query/pattern/pattern.ts';

const atom = fc.constantFrom(
  ...['a', 'b', '1', 'é', '.', '\\d', '\\w', '\\W', '\\s', '\\.', '[ab]', '[^a]', '[\\]b-]', '[]', '[^]'],
  ...['^', '$', '\\b', '\\B', '\\x61', '\\u0062', '\\u{e9}', '\\p{Lu}', '😀', '\\ud83d\\ude00', ' ', '-', '/'],
);
const quantifier = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{1,2}', '{0,2}?', '{1,}', '{0}');

const expression: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc
    .array(
      fc.tuple(
        fc.oneof(
          { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
          atom,
          fc.tuple(fc.constantFrom('(', '(?:', '(?<n>'), tie('expression')).map(([open, inner]) => `${open}${inner})`),
          fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `(${one}|${other})`),
        ),
        quantifier,
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.flat().join('')),
})).expression;

const name = fc
  .array(fc.constantFrom('a', 'b', 'A', '1', 'é', 'É', '.', ' ', '-', '😀', ']', '/', 'K'), { maxLength: 10 })
  .map((parts) => parts.join(''));

describe('the machine that never backtracks', () => {
  test.each(['iu', 'i'] as const)('finds what the engine finds, with the flags %s', (flags) => {
    let compared = 0;
    fc.assert(
      fc.property(expression, fc.array(name, { minLength: 5, maxLength: 5 }), (source, names) => {
        const native = tryCompile(source, flags);
        const machine = native && compileMachine(parsePattern(source, flags === 'iu'), flags);
        if (!native || !machine) return;
        compared++;
        for (const one of names) {
          const found = testNatively(native, one);
          if (found !== undefined) expect([source, one, machine(one)]).toEqual([source, one, found]);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  test.each(['(?=a)', 'a(?!b)', '(?<=a)b', '(?<!a)b', '(a)\\1', '(?<n>a)\\k<n>', '(?i:a)'])(
    'leaves %s to the engine',
    (source) => {
      expect(compileMachine(parsePattern(source, true), 'iu')).toBeNull();
    },
  );
});

describe('a regular expression of a query', () => {
  function matches(source: string, text: string): boolean {
    const compiled = compilePattern(source);
    if (typeof compiled !== 'function') throw new Error(compiled.problem);
    return compiled(text);
  }

  test.each([
    ['^q\\d+', 'Q12.png', true],
    ['ÉCOLE', 'école.png', true],
    ['e\u0301cole', 'école.png', true],
    ['ecole', 'école.png', false],
    ['\\_a\\-b', '_a-b', true],
    ['a{,3}', 'a{,3}', true],
    ['^.$', '😀', true],
    ['(\\d)\\1', 'a22', true],
    ['^(?!img)', 'photo', true],
    ['^(?!img)', 'IMG', false],
  ])('/%s/ on %s: %s', (source, text, isMatch) => {
    expect(matches(source, text)).toBe(isMatch);
  });

  test.each([
    '(a+)+$',
    '^(a|a)*$',
    '(a|aa)+$',
    '(.*)*x',
    '(a?){30}a{30}c',
    'a*a*a*a*a*a*a*a*c',
    '((a+)+)+$',
    '^(\\w+\\s?)*$',
  ])('/%s/ comes to an end on a name that would take for ever', (source) => {
    expect(matches(source, 'a'.repeat(50_000) + '!')).toBe(false);
    expect(matches(source, `${'a'.repeat(280)}!`)).toBe(false);
  });

  test.each([
    ['(', 'invalid'],
    ['a**', 'invalid'],
    ['[b-a]', 'invalid'],
    ['a'.repeat(501), 'too-long'],
    ['(?=(a+)+$)', 'too-costly'],
    ['(a*)*\\1', 'too-costly'],
    ['a{100000}', 'too-costly'],
    ['((a{100}){100}){100}', 'too-costly'],
    ['(?:){999999999}', 'too-costly'],
    ['(?:(?:){0,9999}){0,9999}', 'too-costly'],
  ])('/%s/ is refused as %s', (source, problem) => {
    expect(compilePattern(source)).toEqual({ problem });
  });

  test('any text is an expression or a problem, and each expression runs', () => {
    fc.assert(
      fc.property(fc.oneof(expression, fc.string({ unit: 'binary' })), name, (source, text) => {
        const compiled = compilePattern(source);
        if (typeof compiled === 'function') {
          const native = tryCompile(source.normalize('NFC'), 'iu', 'i');
          const found = compiled(text);
          expect(native).not.toBeNull();
          expect(found).toBe((native && testNatively(native, text)) ?? found);
        } else expect(compiled.problem).toMatch(/^(?:invalid|too-long|too-costly)$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

const sandbox = createContext({});
const testing = new Script('expression.test(text)');

/** Tests with the native engine, which backtracks on some of these for years: then there is no result to compare. */
function testNatively(expression: RegExp, text: string): boolean | undefined {
  Object.assign(sandbox, { expression, text });
  try {
    return testing.runInContext(sandbox, { timeout: 200 }) === true;
  } catch {
    return undefined;
  }
}

function tryCompile(source: string, ...flags: readonly string[]): RegExp | null {
  for (const one of flags) {
    try {
      return new RegExp(source, one);
    } catch {
      // The next flags may accept it.
    }
  }
  return null;
}
