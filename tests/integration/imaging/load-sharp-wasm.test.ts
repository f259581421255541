import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createSharpThumbnailer } from '../../../main/adapters/imaging/sharp-thumbnailer.ts';
import { loadSharpWasm } from '../../../main/adapters/imaging/load-sharp-wasm.ts';
import { createRenderBase } from '../../../main/features/sample/images/base-picture.ts';
import { imageFormats } from '../../../main/features/sample/images/formats.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Returns the native library's files that this process has loaded, as reported by the system. */
function loadedNatively(): readonly string[] {
  const report = process.report.getReport() as unknown as { readonly sharedObjects: readonly string[] };
  return report.sharedObjects.filter((file) => /sharp|libvips/u.test(file));
}

describe('sharp on WebAssembly', () => {
  test('draws the sample’s pictures and makes them small, and no native part of it is loaded', async () => {
    const render = createRenderBase(loadSharpWasm);
    const thumbnailer = createSharpThumbnailer(loadSharpWasm);
    const folder = temporaryFolder();
    for (const format of imageFormats) {
      const path = join(folder, `picture.${format}`);
      writeFileSync(path, await render({ format, subject: 'logo', variant: 0, tier: 1 }));
      if (format !== 'bmp' && format !== 'ico') {
        const small = must(await thumbnailer.make(path, 64));
        expect(Buffer.from(small).toString('latin1', 8, 12), format).toBe('WEBP');
      }
    }
    expect(await thumbnailer.describe()).toMatch(/^sharp \d.* with libvips \d/u);
    expect(loadedNatively()).toEqual([]);
  });

  test('leaves other users of the module hooks alone', async () => {
    await loadSharpWasm();
    const missing = ['@img', 'sharp-linux-none'].join('/');
    await expect(import(missing)).rejects.toThrow(/sharp-linux-none/u);
    expect(loadedNatively()).toEqual([]);
  });
});
