import { normalize } from '../text/normalize.ts';
import type { CatalogueImage } from '../image/image.ts';
import { compileTest } from './compile-test.ts';
import type { QueryNode } from './query-tree.ts';
import { namesGone } from './query-tree.ts';

export type QueryContext = {
  /** ms since the epoch: what `seen:7d` counts back from. Days are those of the local time zone. */
  readonly now: number;
};

/** `foldedName` is `fold(image.name)`, where the caller has it; without, it is folded once, and only if the query needs it. */
export type ImagePredicate = (image: CatalogueImage, foldedName?: string) => boolean;

/** The plain evaluation of a query on one image, the rule for gone images included: what every index must agree with. */
export function compilePredicate(tree: QueryNode, context: QueryContext): ImagePredicate {
  const matches = compileNode(tree, context);
  const seesNames = readsNames(tree);
  const includesGone = namesGone(tree);
  return (image, foldedName) => {
    if (image.gone && !includesGone) return false;
    return matches(image, foldedName ?? (seesNames ? normalize(image.name) : ''));
  };
}

function compileNode(node: QueryNode, context: QueryContext): (image: CatalogueImage, foldedName: string) => boolean {
  switch (node.kind) {
    case 'all':
      return () => true;
    case 'and': {
      const tests = node.children.map((child) => compileNode(child, context));
      return (image, foldedName) => tests.every((test) => test(image, foldedName));
    }
    case 'or': {
      const tests = node.children.map((child) => compileNode(child, context));
      return (image, foldedName) => tests.some((test) => test(image, foldedName));
    }
    case 'not': {
      const test = compileNode(node.child, context);
      return (image, foldedName) => !test(image, foldedName);
    }
    default:
      return compileTest(node, context.now);
  }
}

function readsNames(node: QueryNode): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.children.some(readsNames);
  if (node.kind === 'not') return readsNames(node.child);
  return node.kind === 'text' || node.kind === 'wildcard';
}
