import type { Piece } from './pattern-syntax.ts';

/** A program for many places at once: its time grows with text × program, whatever the expression (Thompson's construction). */
type Step =
  | { readonly kind: 'one'; readonly test: (character: string) => boolean }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'word' | 'inside' }
  /** Goes on at each of its targets. */
  | { readonly kind: 'fork'; readonly targets: number[] }
  | { readonly kind: 'match' };

/** Searches as the expression would, in time linear in the text; null where only the engine can (looking around). */
export function compileMachine(root: Piece, flags: 'iu' | 'i'): ((text: string) => boolean) | null {
  const program = assemble(root, flags);
  if (!program) return null;
  const isWord = rememberCharacters(new RegExp('\\w', flags));
  const characters = flags === 'iu' ? (text: string) => [...text] : (text: string) => text.split('');
  const space = createSpace(program);
  return (text) => run({ program, text: characters(text), isWord, space });
}

type Assembly = {
  readonly steps: Step[];
  readonly flags: 'iu' | 'i';
  readonly tests: Map<string, (character: string) => boolean>;
};

function assemble(root: Piece, flags: 'iu' | 'i'): readonly Step[] | null {
  if (needsEngine(root)) return null;
  const assembly: Assembly = { steps: [], flags, tests: new Map() };
  emit(assembly, root);
  assembly.steps.push({ kind: 'match' });
  return assembly.steps;
}

function needsEngine(piece: Piece): boolean {
  if (piece.kind === 'sequence') return piece.parts.some(needsEngine);
  if (piece.kind === 'choice') return piece.branches.some(needsEngine);
  if (piece.kind === 'repeat') return needsEngine(piece.part);
  return piece.kind === 'look' || piece.kind === 'special';
}

function emit(assembly: Assembly, piece: Piece): void {
  if (piece.kind === 'one') assembly.steps.push({ kind: 'one', test: testOf(assembly, piece.source) });
  else if (piece.kind === 'edge') assembly.steps.push(piece);
  else if (piece.kind === 'sequence') for (const part of piece.parts) emit(assembly, part);
  else if (piece.kind === 'choice') emitChoice(assembly, piece.branches);
  else if (piece.kind === 'repeat') emitRepeat(assembly, piece.part, piece.least, piece.most);
}

function testOf({ tests, flags }: Assembly, source: string): (character: string) => boolean {
  const test = tests.get(source) ?? rememberCharacters(new RegExp(`^(?:${source})$`, flags));
  tests.set(source, test);
  return test;
}

/** Its targets are added as they come to be known. */
function fork({ steps }: Assembly): number[] {
  const targets: number[] = [];
  steps.push({ kind: 'fork', targets });
  return targets;
}

function emitChoice(assembly: Assembly, branches: readonly Piece[]): void {
  const starts = fork(assembly);
  const ends: number[][] = [];
  for (const branch of branches) {
    starts.push(assembly.steps.length);
    emit(assembly, branch);
    ends.push(fork(assembly));
  }
  for (const end of ends) end.push(assembly.steps.length);
}

function emitRepeat(assembly: Assembly, part: Piece, least: number, most: number): void {
  for (let count = 0; count < least; count++) emit(assembly, part);
  const top = assembly.steps.length;
  const exits: number[][] = [];
  for (let count = least; count < (most === Infinity ? least + 1 : most); count++) {
    const enter = fork(assembly);
    enter.push(assembly.steps.length);
    exits.push(enter);
    emit(assembly, part);
  }
  if (most === Infinity) fork(assembly).push(top);
  for (const exit of exits) exit.push(assembly.steps.length);
}

/** The places of the program that are reached before each character; made once, as there may be a million texts. */
type Space = { readonly reachedAt: Int32Array; readonly open: number[]; waiting: number[]; takers: number[] };

function createSpace(program: readonly Step[]): Space {
  return { reachedAt: new Int32Array(program.length), open: [], waiting: [], takers: [] };
}

type Run = {
  readonly program: readonly Step[];
  readonly text: readonly string[];
  readonly isWord: (character: string) => boolean;
  readonly space: Space;
};

function run(machine: Run): boolean {
  const { program, text, space } = machine;
  space.reachedAt.fill(-1);
  space.waiting.length = 0;
  for (let at = 0; at <= text.length; at++) {
    space.takers.length = 0;
    for (const index of space.waiting) if (reach(machine, index, at)) return true;
    if (reach(machine, 0, at)) return true;
    const character = text[at];
    if (character === undefined) return false;
    space.waiting.length = 0;
    for (const index of space.takers) if (takes(program[index], character)) space.waiting.push(index + 1);
  }
  return false;
}

/** Follows what takes no character from `first`; true at the match. */
function reach(machine: Run, first: number, at: number): boolean {
  const { program, space } = machine;
  const { reachedAt, open, takers } = space;
  open.length = 0;
  open.push(first);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (reachedAt[index] === at) continue;
    reachedAt[index] = at;
    const step = program[index];
    if (step === undefined || step.kind === 'match') return true;
    if (step.kind === 'one') takers.push(index);
    else if (step.kind === 'fork') for (const target of step.targets) open.push(target);
    else if (holds(machine, step.at, at)) open.push(index + 1);
  }
  return false;
}

function holds({ text, isWord }: Run, edge: 'start' | 'end' | 'word' | 'inside', at: number): boolean {
  if (edge === 'start') return at === 0;
  if (edge === 'end') return at === text.length;
  const isWordAt = (index: number): boolean => {
    const character = text[index];
    return character !== undefined && isWord(character);
  };
  return (isWordAt(at - 1) !== isWordAt(at)) === (edge === 'word');
}

function takes(step: Step | undefined, character: string): boolean {
  return step?.kind === 'one' && step.test(character);
}

/** The engine's own verdict on single characters, kept: names use few different ones. */
function rememberCharacters(expression: RegExp): (character: string) => boolean {
  const known = new Map<string, boolean>();
  return (character) => {
    let isTaken = known.get(character);
    if (isTaken === undefined) {
      if (known.size >= 5_000) known.clear();
      isTaken = expression.test(character);
      known.set(character, isTaken);
    }
    return isTaken;
  };
}
