// Vite's configuration for the interface, used by `npm run build` and by the component checks.
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
    // Nothing inline: the page's security policy allows scripts, styles and images from files only.
    assetsInlineLimit: 0,
    // It is loaded from this computer: a warning about its size would only be noise at every start.
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
};
