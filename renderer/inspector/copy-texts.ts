import type { ImageRow } from '../../main/contract/commands/catalogue.ts';

type Named = Pick<ImageRow, 'url' | 'name'>;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function htmlTag({ url, name }: Named): string {
  return `<img src="${escapeHtml(url)}" alt="${escapeHtml(name)}">`;
}

/** Addresses in angle brackets may hold parentheses; what would end either part is escaped. */
export function markdown({ url, name }: Named): string {
  return `![${name.replace(/[[\]\\]/g, String.raw`\$&`)}](<${url.replace(/[<>]/g, encodeURIComponent)}>)`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
