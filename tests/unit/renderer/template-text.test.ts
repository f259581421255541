import { expect, test } from 'vitest';
import type { ImageRow } from '../../../main/contract/commands/catalogue.ts';
import { templateFields } from '../../../main/domain/template/tree.ts';
import english from '../../../main/messages/en.json' with { type: 'json' };
import {
  colourTemplate,
  fieldText,
  previewPath,
  templateMistakes,
} from '../../../renderer/transfers/plan/template-text.ts';

const image: ImageRow = {
  ...{ accountId: 1, account: 'Brand team', id: 1000482, name: 'CON.png', ext: 'png' },
  url: 'https://US.example.com:8443/images/sub-3/CON.png',
  size: { text: '412 Kb', bytes: 421_888, exact: false },
  ...{ folder: 'sub-3', firstSeen: 0, lastSeen: 0, state: 'present', downloaded: null, sha256: null },
  ...{ width: null, height: null, type: null, animated: null, broken: false, tags: [] },
};

test('every placeholder is explained', () => {
  expect(templateFields.filter((field) => !(fieldText[field] in english))).toEqual([]);
});

test('the pieces are the template, with placeholders and mistakes told apart', () => {
  const text = '{account}/{foo}.{ext}';
  const pieces = colourTemplate(text, templateMistakes(text));
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.filter(({ kind }) => kind === 'mistake')).toEqual([{ text: 'foo', kind: 'mistake' }]);
  expect(pieces[0]).toEqual({ text: '{account}', kind: 'field' });
});

test('a mistake at the end of the text loses no piece', () => {
  const text = 'a/';
  expect(colourTemplate(text, templateMistakes(text)).map((piece) => piece.text)).toEqual(['a', '/']);
  expect(colourTemplate('', templateMistakes(''))).toEqual([]);
});

test('the preview is what the core makes of it, names changed where systems refuse them', () => {
  const preview = previewPath('{account}/{folder}/{host}/{name}.{ext}', image);
  expect(preview).toBe('Brand team/sub-3/us.example.com/CON_.png');
});

test('a mistaken template has no preview', () => {
  expect(previewPath('{foo}', image)).toBeUndefined();
});
