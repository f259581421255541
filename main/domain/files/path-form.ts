/** The forms in which the systems write paths; a `NodeJS.Platform` other than `win32` is POSIX. */
const driveLetter = /^[a-z]:/i;
const driveRoot = /^[a-z]:[\\/]/i;
const share = /^(?:\\\\|\/\/)[^\\/]+[\\/]+[^\\/]/;
const device = /^(?:\\\\|\/\/)\.(?:[\\/]|$)/;

const posixExample = 'Enter a path such as Pictures or /media/pictures.';
const windowsExample = 'Enter a full path such as D:\\Pictures.';

/**
 * Says why a path can't be meant for this platform, with what to do: it has the form of another system, or of an address,
 * and would be taken for a name in the current folder. Undefined for relative paths and those of the platform.
 */
export function foreignPathProblem(path: string, platform: string): string | undefined {
  const scheme = /^[a-z][a-z0-9+.-]{1,20}:\/\//i.exec(path)?.[0];
  if (scheme !== undefined) return `A path can't begin with ${scheme}. ${exampleFor(platform)}`;
  if (path.startsWith('~')) {
    return `This path begins with ~, which stands for a home folder only in a shell. Write the home folder's full path, or ./${path} for a folder of that name.`;
  }
  if (platform === 'win32') return problemOnWindows(path);
  if (driveLetter.test(path) || path.startsWith('\\')) {
    return `This is a path of Windows, which this computer doesn't have. ${posixExample}`;
  }
  return undefined;
}

/** Says why a path is not a full one of this platform, with what to do; undefined if it is. */
export function fullPathProblem(path: string, platform: string): string | undefined {
  const foreign = foreignPathProblem(path, platform);
  if (foreign !== undefined) return foreign;
  const isFull = platform === 'win32' ? driveRoot.test(path) || share.test(path) : path.startsWith('/');
  return isFull
    ? undefined
    : `This is not a full path. ${platform === 'win32' ? windowsExample : 'Enter one such as /media/pictures.'}`;
}

function problemOnWindows(path: string): string | undefined {
  if (device.test(path)) return `This path names a device, not a folder. ${windowsExample}`;
  if (driveLetter.test(path) && !driveRoot.test(path)) {
    return `This path has a drive, but doesn't begin at its top. ${windowsExample}`;
  }
  const isShare = share.test(path);
  return /^[\\/]/.test(path) && !isShare ? `This path has no drive. ${windowsExample}` : undefined;
}

function exampleFor(platform: string): string {
  return platform === 'win32' ? windowsExample : posixExample;
}
