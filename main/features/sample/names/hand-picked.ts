import type { FileFormat } from '../images/formats.ts';
import type { Subject } from '../images/scenes.ts';

export type HandPicked = {
  readonly folder: string;
  /** Whole, with its extension. */
  readonly name: string;
  readonly format: FileFormat;
  readonly subject: Subject;
};

const picked = (folder: string, name: string, format: FileFormat, subject: Subject): HandPicked => {
  return { folder, name, format, subject };
};

/** Names that trip programs up: the library's oldest images bear them. A folder holds each name once. */
export const handPicked: readonly HandPicked[] = [
  picked('sub-3', 'logo.png', 'png', 'logo'),
  picked('sub-12', 'logo.png', 'png', 'logo'),
  picked('sub-3', 'IMG.JPG', 'jpeg', 'photo'),
  picked('sub-3', 'img.jpg', 'jpeg', 'photo'),
  picked('sub-3', 'Café-Łódź.png'.normalize('NFC'), 'png', 'card'),
  picked('sub-3', 'Café-Łódź.png'.normalize('NFD'), 'png', 'card'),
  picked('sub-12', '100% natural.png', 'png', 'card'),
  picked('sub-12', 'question #3 (final?).png', 'png', 'card'),
  picked('sub-3', 'a+b=c & d.jpg', 'jpeg', 'chart'),
  picked('sub-3', 'a%20b.png', 'png', 'pattern'),
  picked('sub-12', 'CON.png', 'png', 'logo'),
  picked('sub-12', 'aux.jpg', 'jpeg', 'photo'),
  picked('sub-3', '会社ロゴ_最終版.png', 'png', 'logo'),
  picked('sub-3', 'شعار الشركة.png', 'png', 'logo'),
  picked('sub-3', 'логотип новый.png', 'png', 'logo'),
  picked('sub-1048', '🎉 launch party 🎂.gif', 'gif', 'pattern'),
  picked('sub-1048', 'party.gif', 'gif', 'card'),
  picked('sub-1048', 'no-extension', 'jpeg', 'photo'),
  picked('sub-1048', '.hidden', 'png', 'pattern'),
  picked('sub-1048', 'archive.tar.png', 'png', 'chart'),
  picked('sub-1048', 'screenshot at 10.32.15', 'png', 'chart'),
  picked('sub-1048', 'trailing dot..jpg', 'jpeg', 'photo'),
  picked('sub-1048', "it's “quoted” – really.jpg", 'jpeg', 'card'),
  picked('sub-3', `${'a long name that goes on '.repeat(9)}and ends.jpg`, 'jpeg', 'photo'),
];
