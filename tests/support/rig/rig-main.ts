// node rig-main.ts MAIN-BUNDLE [ARGUMENT…]: runs the built main program under Node with a stand-in for Electron.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { RigOrder } from './messages.ts';

const standIn = new URL('./stand-in/electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});
const [, , bundle = ''] = process.argv;
const { app, becomeReady } = await import('./stand-in/app.ts');
const { obey } = await import('./stand-in/orders.ts');
const { rig } = await import('./stand-in/rig.ts');
await import('./stand-in/electron.ts');
// As with `electron main.js ARGUMENT…`; a packed app has no script argument.
process.argv = [process.execPath, ...(rig.settings.packed === undefined ? [bundle] : []), ...process.argv.slice(3)];
const { packed, platform } = rig.settings;
if (packed !== undefined) Object.defineProperty(process, 'resourcesPath', { value: packed.resources });
// Only from here on: Chromium and the stand-in need the real platform.
if (platform !== undefined) Object.defineProperty(process, 'platform', { value: platform });

// As Electron does on systems with signals, unless the app listens for them itself.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) app.quit();
  });
}
process.on('message', (order: RigOrder) => obey(order));
process.on('disconnect', () => app.exit(1));

await import(pathToFileURL(bundle).href);
await becomeReady();
