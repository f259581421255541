/** Pixels of one unit at 96 to the inch (CSS Values 4); relative units say nothing on their own. */
const unitPixels: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
};

/** The size in whole pixels that an SVG's root tag declares, by width and height or else by its view box; null where it doesn't. */
export function svgSize(rootTag: string): { readonly width: number | null; readonly height: number | null } {
  const attributes = new Map<string, string>();
  // From each name's start only, as looking from each of its letters would take quadratic time.
  const attribute = /(?<![^\s"'=<>/])([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  for (const [, name, double, single] of rootTag.matchAll(attribute)) {
    attributes.set(name ?? '', double ?? single ?? '');
  }
  const width = pixels(attributes.get('width'));
  const height = pixels(attributes.get('height'));
  const [, , boxWidth = 0, boxHeight = 0] = (attributes.get('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : null;
  if (width !== null && height !== null) return whole(width, height);
  if (ratio === null) return { width: rounded(width), height: rounded(height) };
  if (width !== null) return whole(width, width / ratio);
  return height === null ? whole(boxWidth, boxHeight) : whole(height * ratio, height);
}

function pixels(length: string | undefined): number | null {
  const parts = /^\+?((?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3})?|\d+\.)\s*([a-z]*)$/i.exec(length?.trim() ?? '');
  const unit = unitPixels[parts?.[2]?.toLowerCase() ?? ''];
  const value = Number(parts?.[1] ?? NaN) * (unit ?? NaN);
  return Number.isFinite(value) && value > 0 ? value : null;
}

function whole(width: number, height: number): { readonly width: number | null; readonly height: number | null } {
  return { width: rounded(width), height: rounded(height) };
}

/** Null too for what is beyond any screen, as a hostile file may claim. */
function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) || value > 0x7fffffff ? null : Math.max(1, Math.round(value));
}
