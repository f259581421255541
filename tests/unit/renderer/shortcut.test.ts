import { describe, expect, test } from 'vitest';
import { beginsText, describeShortcut, matchesShortcut } from '../../../renderer/actions/shortcut.ts';

type Pressed = Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> & {
  readonly code?: string;
  readonly altGraph?: boolean;
};

function press(key: string, { altGraph = false, ...pressed }: Pressed = {}) {
  const idle = { code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  return { key, ...idle, ...pressed, getModifierState: (name: string) => name === 'AltGraph' && altGraph };
}

describe('a sign counts wherever the keyboard has it', () => {
  test.each([
    ['+', 'a German keyboard', press('+', { code: 'BracketRight' })],
    ['+', 'a US keyboard, with Shift', press('+', { code: 'Equal', shiftKey: true })],
    ['+', 'the numeric pad', press('+', { code: 'NumpadAdd' })],
    ['-', 'the numeric pad', press('-', { code: 'NumpadSubtract' })],
    ['/', 'a German keyboard, with Shift', press('/', { code: 'Digit7', shiftKey: true })],
    ['/', 'the numeric pad', press('/', { code: 'NumpadDivide' })],
    ['?', 'a German keyboard, with Shift', press('?', { code: 'Minus', shiftKey: true })],
    ['/', 'a keyboard that wants AltGr, on Windows', press('/', { ctrlKey: true, altKey: true, altGraph: true })],
    ['Mod++', 'a US keyboard, with Ctrl and Shift', press('+', { ctrlKey: true, shiftKey: true })],
    ['Mod+,', 'any keyboard', press(',', { ctrlKey: true })],
    ['Mod+Shift++', 'any keyboard', press('+', { ctrlKey: true, shiftKey: true })],
  ])('%s on %s', (shortcut, _keyboard, event) => {
    expect(matchesShortcut(shortcut, event, false)).toBe(true);
  });

  test.each([
    ['+', press('+', { ctrlKey: true })],
    ['+', press('=')],
    ['Mod++', press('+')],
    ['/', press('/', { altKey: true })],
  ])('%s, but not by other keys', (shortcut, event) => {
    expect(matchesShortcut(shortcut, event, false)).toBe(false);
  });
});

describe('a letter', () => {
  test.each([
    ['with its modifiers alone', press('A', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+A', true],
    ['not without Shift', press('a', { ctrlKey: true }), 'Mod+Shift+A', false],
    ['not with Shift', press('A', { ctrlKey: true, shiftKey: true }), 'Mod+A', false],
    ['with Caps Lock', press('A', { ctrlKey: true }), 'Mod+A', true],
    ['on a Cyrillic keyboard by its place', press('ф', { code: 'KeyA', ctrlKey: true }), 'Mod+A', true],
    ['on a Greek keyboard by its place', press('α', { code: 'KeyA', ctrlKey: true }), 'Mod+A', true],
    ['on a French keyboard by its name', press('q', { code: 'KeyA', ctrlKey: true }), 'Mod+A', false],
  ])('counts %s', (_how, event, shortcut, isMatch) => {
    expect(matchesShortcut(shortcut, event, false)).toBe(isMatch);
  });

  test('counts on a Mac with Command, and not with Ctrl', () => {
    expect(matchesShortcut('Mod+A', press('a', { metaKey: true }), true)).toBe(true);
    expect(matchesShortcut('Mod+A', press('a', { ctrlKey: true }), true)).toBe(false);
  });
});

test('shortcuts are shown as the system writes them', () => {
  const shown = ['+', 'Mod++', 'Mod+Shift+A'].map((one) => [describeShortcut(one, false), describeShortcut(one, true)]);
  expect(shown).toEqual([
    ['+', '+'],
    ['Ctrl++', '⌘+'],
    ['Ctrl+Shift+A', '⇧⌘A'],
  ]);
});

describe('a search begins', () => {
  test.each([
    ['a letter', press('l')],
    ['a letter with Shift', press('L', { shiftKey: true })],
    ['a digit', press('2')],
    ['a letter of another script', press('л')],
    ['a quote', press('"', { shiftKey: true })],
    ['a sign typed by AltGr', press('@', { ctrlKey: true, altKey: true, altGraph: true })],
    ['an accent for the next letter', press('Dead')],
  ])('with %s', (_what, event) => expect(beginsText(event)).toBe(true));

  test.each([
    ['a blank', press(' ')],
    ['a key of no character', press('F5')],
    ['a command', press('l', { ctrlKey: true })],
    ['a command of a Mac', press('l', { metaKey: true })],
    ['an access key', press('l', { altKey: true })],
  ])('but not with %s', (_what, event) => expect(beginsText(event)).toBe(false));
});
