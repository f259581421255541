import type { TextRange } from '../text/normalize.ts';

export const templateFields = [
  'account',
  'folder',
  'name',
  'ext',
  'id',
  'size',
  'seen',
  'index',
  'tag',
  'host',
] as const;
export type TemplateField = (typeof templateFields)[number];

export const templateFilters = ['lower', 'upper', 'slug', 'ascii'] as const;
export type TemplateFilter = (typeof templateFilters)[number];

type TemplateText = TextRange & { readonly kind: 'text'; readonly text: string };
type TemplateSeparator = TextRange & { readonly kind: 'separator' };
export type TemplatePlaceholder = TextRange & {
  readonly kind: 'placeholder';
  readonly field: TemplateField;
  /** What follows the colon; '' where nothing does. */
  readonly format: string;
  readonly filters: readonly TemplateFilter[];
};

export type TemplatePiece = TemplateText | TemplateSeparator | TemplatePlaceholder;
/** Vanishes when one of its placeholders has nothing to say. */
type TemplateGroup = TextRange & { readonly kind: 'group'; readonly pieces: readonly TemplatePiece[] };
export type TemplateNode = TemplatePiece | TemplateGroup;

/** Where each image of a batch is saved; ranges are UTF-16 offsets in `text`. */
export type Template = { readonly text: string; readonly nodes: readonly TemplateNode[] };

/** `expected`: what could stand there, as it would be written. */
export type TemplateMistake = TextRange & { readonly message: string; readonly expected: readonly string[] };
