import type { TemplateMistake, TemplateNode, TemplatePiece } from './tree.ts';

/** Folders under the destination. */
const deepest = 32;

/** What no text of a template may say: where the destination is, or a way out of it. */
export function checkPaths(text: string, nodes: readonly TemplateNode[]): readonly TemplateMistake[] {
  return [...checkEnds(text, nodes), ...checkSegments(text, nodes)];
}

function checkEnds(text: string, nodes: readonly TemplateNode[]): readonly TemplateMistake[] {
  const first = nodes[0];
  const last = nodes.at(-1);
  const mistakes: TemplateMistake[] = [];
  if (text.trim() === '') {
    const message = 'The template is empty. The usual one is {account}/{folder}/{name}.{ext}.';
    mistakes.push({ start: 0, end: text.length, message, expected: ['{name}'] });
  }
  if (first?.kind === 'separator') {
    const message = "A template starts inside the destination: leave out the '/' at its start.";
    mistakes.push({ start: first.start, end: first.end, message, expected: [] });
  } else if (last?.kind === 'separator') {
    const message = 'The template ends in a folder: say what the file is called, such as {name}.{ext}.';
    mistakes.push({ start: last.start, end: last.end, message, expected: ['{name}'] });
  }
  if (first?.kind === 'text' && /^(?:[a-z]:|~)$/i.test(first.text) && nodes[1]?.kind === 'separator') {
    const message = `A template starts inside the destination: leave out the '${first.text}/'.`;
    mistakes.push({ start: first.start, end: first.end, message, expected: [] });
  }
  return mistakes;
}

function checkSegments(text: string, nodes: readonly TemplateNode[]): readonly TemplateMistake[] {
  const mistakes: TemplateMistake[] = [];
  const segments = splitSegments(nodes);
  for (const segment of segments) {
    const literal = segment.map((piece) => (piece.kind === 'text' ? piece.text : '*')).join('');
    const start = segment[0]?.start ?? 0;
    const end = segment.at(-1)?.end ?? start;
    if (literal.trim() === '..') {
      const message = "'..' leads out of the destination: a template stays inside it.";
      mistakes.push({ start, end, message, expected: [] });
    }
    if (literal.trim() === '.')
      mistakes.push({ start, end, message: "'.' names no folder: leave it out.", expected: [] });
  }
  if (segments.length > deepest + 1) {
    const message = `A template has at most ${deepest} folders; this one has ${segments.length - 1}.`;
    mistakes.push({ start: 0, end: text.length, message, expected: [] });
  }
  return mistakes;
}

/** Groups count as if they were there. */
function splitSegments(nodes: readonly TemplateNode[]): readonly (readonly TemplatePiece[])[] {
  const segments: TemplatePiece[][] = [[]];
  for (const piece of nodes.flatMap((node) => (node.kind === 'group' ? node.pieces : [node]))) {
    if (piece.kind === 'separator') segments.push([]);
    else segments.at(-1)?.push(piece);
  }
  return segments;
}
