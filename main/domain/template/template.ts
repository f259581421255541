import { fail, ok, type Result } from '../result.ts';
import { checkPaths } from './check-paths.ts';
import { readPlaceholder } from './placeholder.ts';
import type { Template, TemplateMistake, TemplateNode, TemplatePiece } from './tree.ts';

export const defaultTemplate = '{account}/{folder}/{name}.{ext}';

/** UTF-16 units. */
const longestTemplate = 1000;

type Reader = {
  readonly text: string;
  at: number;
  readonly nodes: TemplateNode[];
  readonly mistakes: TemplateMistake[];
  /** The group that is open. */
  group: { readonly start: number; readonly pieces: TemplatePiece[] } | undefined;
};

/**
 * Reads a template: text, `/` between folders, `{field:format|filter}`, `[optional groups]`, and `{{ }} [[ ]]` for the
 * characters themselves. All its mistakes at once, in order of position.
 */
export function parseTemplate(text: string): Result<Template, readonly TemplateMistake[]> {
  if (text.length > longestTemplate) {
    const message = `A template has at most ${longestTemplate} characters; this one has ${text.length}.`;
    return fail([{ start: longestTemplate, end: text.length, message, expected: [] }]);
  }
  const reader: Reader = { text, at: 0, nodes: [], mistakes: [], group: undefined };
  while (reader.at < text.length) readNext(reader);
  if (reader.group) {
    mistake(
      reader,
      reader.group.start,
      text.length,
      "This '[' is never closed. Close it with ']', or write '[[' for the character.",
      [']'],
    );
    reader.nodes.push(...reader.group.pieces);
  }
  const mistakes = [...reader.mistakes, ...checkPaths(text, reader.nodes)];
  if (mistakes.length > 0) return fail(mistakes.sort((left, right) => left.start - right.start));
  return ok({ text, nodes: reader.nodes });
}

function readNext(reader: Reader): void {
  const { text, at } = reader;
  switch (text[at]) {
    case '{':
      return text[at + 1] === '{' ? addText(reader, '{', 2) : readBraces(reader);
    case '}':
      if (text[at + 1] === '}') return addText(reader, '}', 2);
      mistake(reader, at, at + 1, "This '}' closes nothing. Write '}}' for the character.", ['}}']);
      return addText(reader, '}', 1);
    case '[':
      return openGroup(reader);
    case ']':
      return text[at + 1] === ']' ? addText(reader, ']', 2) : closeGroup(reader);
    case '/':
      add(reader, { kind: 'separator', start: at, end: at + 1 });
      reader.at += 1;
      return;
    case '\\':
      mistake(reader, at, at + 1, "Write '/' between folders, on Windows too.", ['/']);
      return addText(reader, '\\', 1);
    default: {
      const length = text.slice(at).search(/[{}[\]/\\]/);
      const end = length < 0 ? text.length : at + length;
      return addText(reader, text.slice(at, end), end - at);
    }
  }
}

function readBraces(reader: Reader): void {
  const { text, at } = reader;
  const stop = text.slice(at + 1).search(/[{}]/) + at + 1;
  if (stop === at || text[stop] === '{') {
    const end = stop === at ? text.length : stop;
    mistake(reader, at, end, "This '{' is never closed. Close it with '}', or write '{{' for the character.", ['}']);
    return addText(reader, text.slice(at, end), end - at);
  }
  const range = { start: at, end: stop + 1 };
  const read = readPlaceholder(text.slice(at + 1, stop), range);
  reader.at = range.end;
  if ('placeholder' in read) return add(reader, read.placeholder);
  reader.mistakes.push(...read.mistakes);
  add(reader, { kind: 'text', text: text.slice(range.start, range.end), ...range });
}

/** Of an odd number of brackets the first opens the group: `[[[{tag}]]/]` is `[hero]/`. */
function openGroup(reader: Reader): void {
  const { text, at } = reader;
  const run = /^\[+/.exec(text.slice(at))?.[0].length ?? 0;
  if (run > 1 && (reader.group || run % 2 === 0)) return addText(reader, '[', 2);
  if (reader.group) {
    mistake(reader, at, at + 1, "A group can't hold another. Close the first one, or write '[[' for the character.", [
      ']',
      '[[',
    ]);
    return addText(reader, '[', 1);
  }
  reader.group = { start: at, pieces: [] };
  reader.at += 1;
}

function closeGroup(reader: Reader): void {
  const { at, group } = reader;
  if (!group) {
    mistake(reader, at, at + 1, "This ']' closes nothing. Write ']]' for the character.", [']]']);
    return addText(reader, ']', 1);
  }
  const end = at + 1;
  if (!group.pieces.some((piece) => piece.kind === 'placeholder')) {
    mistake(reader, group.start, end, 'A group needs a placeholder, which decides whether it is there: [{tag}/].', [
      '{tag}',
    ]);
  }
  reader.nodes.push({ kind: 'group', pieces: group.pieces, start: group.start, end });
  reader.group = undefined;
  reader.at = end;
}

function addText(reader: Reader, text: string, length: number): void {
  add(reader, { kind: 'text', text, start: reader.at, end: reader.at + length });
  reader.at += length;
}

function add(reader: Reader, piece: TemplatePiece): void {
  (reader.group?.pieces ?? reader.nodes).push(piece);
}

function mistake(reader: Reader, start: number, end: number, message: string, expected: readonly string[]): void {
  reader.mistakes.push({ start, end, message, expected });
}
