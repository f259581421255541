import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';

/** The signed contents of a release: `release.json` on the update server, signed as a whole. */
export const SignedRelease = z.object({
  version: z.string(),
  files: z.array(z.object({ name: z.string(), size: z.int().positive(), sha512: z.string() })),
});
export type SignedRelease = z.output<typeof SignedRelease>;

/** Returns the release in a text if one of the keys signed it (Ed25519, in base64); otherwise undefined. */
export function readSignedRelease(text: string, signature: string, keys: readonly string[]): SignedRelease | undefined {
  const signed = Buffer.from(text, 'utf8');
  const bytes = Buffer.from(signature.trim(), 'base64');
  const isOurs = keys.some((key) => {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verify(null, signed, publicKey, bytes);
  });
  return isOurs ? SignedRelease.parse(JSON.parse(text)) : undefined;
}

/** Returns whether the release contains a file's content. */
export async function isOfRelease(path: string, release: SignedRelease): Promise<boolean> {
  const hash = createHash('sha512');
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  const sha512 = hash.digest('base64');
  return release.files.some((file) => file.size === size && file.sha512 === sha512);
}
