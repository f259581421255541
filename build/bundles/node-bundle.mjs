import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * Bundles programs for Node or Electron into one folder; libraries stay external, except the one that formats the
 * interface's texts.
 * @param {object} bundle
 * @param {string} bundle.root the folder from which the sources' libraries are resolved
 * @param {Readonly<Record<string, string>>} bundle.input names and their source files
 * @param {string} bundle.output a folder, whose other files are kept
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
    // The message formatter is bundled here as it is into the page.
    ssr: { external: ['electron'], noExternal: [/^intl-messageformat$/u, /^@formatjs\//u] },
    build: {
      ssr: true,
      target: 'node24',
      outDir: output,
      emptyOutDir: false,
      minify: isCommon,
      rolldownOptions: {
        input,
        // All in one folder, so that each finds the others by name.
        output: { format, entryFileNames: isCommon ? '[name].cjs' : '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/**
 * Finds the programs that run as separate threads or processes, started by file name: `…-worker.ts`, `…-helper.ts`.
 * @param {string} main the folder of the sources
 */
export function companions(main) {
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /-(?:worker|helper)\.ts$/u.test(file),
  );
  return Object.fromEntries(files.map((file) => [path.basename(file, '.ts'), path.join(main, file)]));
}
