import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fileSystemCode } from '../../main/domain/files/system-error.ts';

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

it('the file system’s codes are its own', () => {
  expect(fileSystemCode(thrownBy(() => readFileSync('/nowhere/at/all')))).toBe('ENOENT');
  expect(fileSystemCode(thrownBy(() => readFileSync('/')))).toBe('EISDIR');
  for (const code of ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'E2BIG', 'ETIMEDOUT', 'EHOSTDOWN', 'UNKNOWN']) {
    expect(fileSystemCode(Object.assign(new Error(code), { code, errno: -1 }))).toBe(code);
  }
});

it('those of zlib, Brotli and Zstandard are not, though they carry an errno', () => {
  const junk = Buffer.from('zzxxzzzzzzzzzzzzzzzz');
  for (const decode of [brotliDecompressSync, gunzipSync, inflateSync, inflateRawSync, zstdDecompressSync]) {
    const error = thrownBy(() => decode(junk));
    expect(error).toHaveProperty('errno');
    expect(fileSystemCode(error)).toBeUndefined();
  }
});

it('those of connections, of Node and of nobody are not', async () => {
  const refused = await new Promise((resolve) => createConnection(1, '127.0.0.1').once('error', resolve));
  expect(refused).toHaveProperty('errno');
  expect(fileSystemCode(refused)).toBeUndefined();
  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', 'EPIPE', 'ERR_ASSERTION', 'UND_ERR_SOCKET', 5]) {
    expect(fileSystemCode(Object.assign(new Error('x'), { code, errno: -1 }))).toBeUndefined();
  }
  expect(fileSystemCode(new Error('x'))).toBeUndefined();
  expect(fileSystemCode('ENOSPC')).toBeUndefined();
});
