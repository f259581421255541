import { failure, type Failure } from '../../../domain/failure.ts';

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function writeFailure(error: unknown, path: string): Failure {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failure('disk-full', `The disk has no room left for ${path}. Free some space and try again.`);
  }
  return failure('not-writable', `${path} cannot be written (${code}). Check that its folder allows it.`);
}

export function readFailure(error: unknown, path: string): Failure {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === 'EACCES' || code === 'EPERM') {
    return failure('vault-locked', `${path} may not be read. Give yourself permission to read it and try again.`);
  }
  return failure(
    'data-damaged',
    `${path} cannot be read (${code}). Check the disk, or restore the file from a backup.`,
  );
}
