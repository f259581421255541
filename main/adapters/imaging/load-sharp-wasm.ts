import { registerHooks } from 'node:module';
import type { LoadSharp } from './sharp-thumbnailer.ts';

/**
 * Sharp on WebAssembly: inside Electron on Linux its native build brings a second GLib into the process and crashes it.
 * Sharp itself falls back to WebAssembly where the native build is not there, so that is what it is told.
 */
export const loadSharpWasm: LoadSharp = async () => {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith('@img/sharp-linux')) return next(specifier, context);
      throw Object.assign(new Error(`Contact Sheet does without ${specifier} here.`), { code: 'MODULE_NOT_FOUND' });
    },
  });
  try {
    return await import('sharp');
  } finally {
    hooks.deregister();
  }
};
