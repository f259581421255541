// npm run build: the command line as plain JavaScript in dist/, for the npm package (Node takes no .ts in node_modules).
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap/paths.mjs';
import { prepare } from './bootstrap/prepare.mjs';

await prepare(import.meta.url);
const { build } = await import('vite');
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { 'contact-sheet': path.join(root, 'main', 'hosts', 'cli', 'main.ts'), ...companions() },
      // All in one folder, where each finds the others by name.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** What runs as a thread or a process of its own and is started by its file's name: `…-worker.ts`, `…-helper.ts`. */
function companions() {
  const main = path.join(root, 'main');
  const files = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /-(?:worker|helper)\.ts$/u.test(file),
  );
  return Object.fromEntries(files.map((file) => [path.basename(file, '.ts'), path.join(main, file)]));
}
