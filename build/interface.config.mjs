// How Vite builds the interface; `npm run build` and the checks of components read the same.
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { root } from './bootstrap/paths.mjs';

/** @type {import('vite').InlineConfig} */
export const interfaceConfig = {
  root: path.join(root, 'renderer'),
  configFile: false,
  publicDir: false,
  cacheDir: path.join(root, '.cache', 'vite-interface'),
  logLevel: 'warn',
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: {
    target: 'chrome140',
    outDir: path.join(root, 'dist', 'interface'),
    emptyOutDir: true,
    // Nothing inline: the page's security policy takes scripts, styles and pictures from files only.
    assetsInlineLimit: 0,
    // It comes from this computer: a warning of its size would only be noise at every start.
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
};
