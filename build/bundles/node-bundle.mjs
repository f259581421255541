import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Bundles programs for Node or Electron: our own files, side by side in one folder; libraries stay outside, but for the one that the
 * interface's texts need.
 * @param {object} bundle
 * @param {string} bundle.root where the sources' libraries are found
 * @param {Readonly<Record<string, string>>} bundle.input names and their source files
 * @param {string} bundle.output the folder, whose other files stay
 * @param {'es' | 'cjs'} [bundle.format]
 */
export async function bundleForNode({ root, input, output, format = 'es' }) {
  const { build } = await import('vite');
  const isCommon = format === 'cjs';
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    // What makes texts is bundled here as it is into the page.
    ssr: { external: ['electron'], noExternal: [/^intl-messageformat$/u, /^@formatjs\//u] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: output,
      emptyOutDir: false,
      minify: isCommon,
      rolldownOptions: {
        input,
        // All in one folder, where each finds the others by name.
        output: { format, entryFileNames: isCommon ? '[name].cjs' : '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/**
 * What runs as a thread or a process of its own and is started by its file's name: `…-worker.ts`, `…-helper.ts`.
 * @param {string} main the folder of the sources
 */
export function companions(main) {
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /-(?:worker|helper)\.ts$/u.test(file),
  );
  return Object.fromEntries(files.map((file) => [path.basename(file, '.ts'), path.join(main, file)]));
}
