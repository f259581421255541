import type { ImageRow } from '../../../main/contract/commands/catalogue.ts';
import { nameImage } from '../../../main/domain/files/names.ts';
import { parseTemplate } from '../../../main/domain/template/template.ts';
import { renderTemplate } from '../../../main/domain/template/render.ts';
import type { TemplateField, TemplateMistake } from '../../../main/domain/template/tree.ts';
import type { MessageKey } from '../../../main/messages/messages.ts';
import { cutPieces, type TextPiece } from '../../components/text-pieces.ts';

export const fieldText: Readonly<Record<TemplateField, MessageKey>> = {
  account: 'template.account',
  folder: 'template.folder',
  name: 'template.name',
  ext: 'template.ext',
  id: 'template.id',
  size: 'template.size',
  seen: 'template.seen',
  index: 'template.index',
  tag: 'template.tag',
  host: 'template.host',
};

export function templateMistakes(text: string): readonly TemplateMistake[] {
  const parsed = parseTemplate(text);
  return parsed.ok ? [] : parsed.error;
}

/** The template in pieces: placeholders, mistakes, and the rest. */
export function colourTemplate(text: string, mistakes: readonly TemplateMistake[]): readonly TextPiece[] {
  const fields = [...text.matchAll(/\{[^{}]*\}/g)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  return cutPieces(text, fields, mistakes);
}

/** Where the template puts an image, below the destination; undefined where it is mistaken. */
export function previewPath(text: string, image: ImageRow): string | undefined {
  const parsed = parseTemplate(text);
  if (!parsed.ok) return undefined;
  const { account, folder, name, ext, id, firstSeen, tags } = image;
  const { host } = nameImage(image.url);
  const asked = { account, folder, name, ext, id, sizeText: image.size.text, firstSeen, tags, host };
  return renderTemplate(parsed.value, asked, 1).segments.join('/');
}
