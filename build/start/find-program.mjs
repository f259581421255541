import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * Whether a program can be found in the folders of a PATH.
 * @param {string} paths
 * @param {string} program
 */
export function hasProgram(paths, program) {
  return paths.split(path.delimiter).some((folder) => folder !== '' && isExecutable(path.join(folder, program)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
