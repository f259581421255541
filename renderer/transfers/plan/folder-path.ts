/** Paths of the machine that runs the core, which may be another system than the page's. */
export function isAbsolute(path: string): boolean {
  return /^(\/|[a-z]:[\\/]|\\\\)/i.test(path);
}

/** A folder inside another, in the other's own way of writing. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.startsWith('/') || !folder.includes('\\') ? '/' : '\\';
  return `${folder.replace(/[\\/]+$/, '')}${separator}${name}`;
}

/** The folder that holds this one; itself at the top. */
export function parentPath(path: string): string {
  const trimmed = path.replace(/(?<=[^:\\/])[\\/]+$/, '');
  const cut = Math.max(trimmed.lastIndexOf('/'), path.startsWith('/') ? -1 : trimmed.lastIndexOf('\\'));
  if (cut < 0) return trimmed;
  const parent = trimmed.slice(0, cut);
  return parent === '' || parent.endsWith(':') ? trimmed.slice(0, cut + 1) : parent;
}
