import { failure, type Failure } from '../domain/failure.ts';
import { fullPathProblem } from '../domain/files/path-form.ts';

/** The fields of commands that hold a path of this computer (`Path` in the contract). */
export const pathFields: readonly string[] = ['destination', 'file', 'folder', 'path', 'lastDestination'];

/**
 * Makes a function that refuses a command's input if one of its paths is not a full path of this platform. The schemas
 * of the contract can't tell: they know no platform.
 */
export function createPathCheck(platform: string): (input: unknown) => Failure | undefined {
  return (input) => {
    if (typeof input !== 'object' || input === null) return undefined;
    for (const [field, value] of Object.entries(input)) {
      const isPath = typeof value === 'string' && pathFields.includes(field);
      const problem = isPath ? fullPathProblem(value, platform) : undefined;
      if (problem !== undefined) return failure('bad-input', problem);
    }
    return undefined;
  };
}
