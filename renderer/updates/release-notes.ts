export type NotesBlock = { readonly kind: 'heading' | 'item' | 'text'; readonly text: string };

/** Line breaks and tabs say something; other control characters, and what turns the direction of text, do not. */
const unseen = /(?![\n\t])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Notes of a release, which come from a server: whatever they hold is text, tags too. Of Markdown the headings, lists
 * and paragraphs are known, and the marks inside of a line are left out.
 */
export function readReleaseNotes(notes: string): readonly NotesBlock[] {
  const blocks: NotesBlock[] = [];
  for (const line of notes.replaceAll('\r\n', '\n').replaceAll(unseen, '').split('\n')) {
    const [, heading] = /^#{1,6}\s+(\S.*)$/su.exec(line) ?? [];
    const [, item] = /^\s*[-*+]\s+(\S.*)$/su.exec(line) ?? [];
    const last = blocks.at(-1);
    if (heading !== undefined) blocks.push({ kind: 'heading', text: withoutMarks(heading) });
    else if (item !== undefined) blocks.push({ kind: 'item', text: withoutMarks(item) });
    else if (line.trim() === '') blocks.push({ kind: 'text', text: '' });
    // A line that goes on belongs to what stands before it.
    else if (last !== undefined && last.text !== '' && last.kind !== 'heading') {
      blocks[blocks.length - 1] = { kind: last.kind, text: `${last.text} ${withoutMarks(line.trim())}` };
    } else blocks.push({ kind: 'text', text: withoutMarks(line.trim()) });
  }
  return blocks.filter(({ text }) => text !== '');
}

function withoutMarks(line: string): string {
  return line.replaceAll(/\*\*([^*]+)\*\*|`([^`]+)`/gu, (_all, bold?: string, code?: string) => bold ?? code ?? '');
}
