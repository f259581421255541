import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** How Svelte components are compiled, for the bundle, the tests and svelte-check alike. */
export const svelteOptions = {
  preprocess: [vitePreprocess({ script: false, style: false })],
  compilerOptions: { runes: true },
};

/**
 * The interface's bundle: no inline script or style, which its content security policy would refuse; every asset a file
 * with its hash in its name.
 * @param {{ source: string, output: string }} folders
 * @returns {import('vite').InlineConfig}
 */
export function interfaceConfig({ source, output }) {
  return {
    root: source,
    // Absolute, as one function answers for `app://` and HTTP alike, both from their root.
    base: '/',
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [svelte({ ...svelteOptions, configFile: false })],
    build: {
      target: 'chrome140',
      outDir: output,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      cssCodeSplit: true,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  };
}
