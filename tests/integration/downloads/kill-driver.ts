/** Downloads everything in a process that may be killed: `node kill-driver.ts '{"home", "origin", "order"}'`. */
import type { StartOrder } from '../../../main/features/downloads/start-batch.ts';
import { openWorkbench } from './workbench.ts';

export type DriverSettings = { readonly home: string; readonly origin: string; readonly order: StartOrder };

const { home, origin, order } = JSON.parse(process.argv[2] ?? '') as DriverSettings;
const workbench = openWorkbench({ home, origin });
const started = await workbench.downloads.start(order);
if (!started.ok) throw new Error(started.error.message);
process.stdout.write(`${JSON.stringify({ continued: started.value.continued })}\n`);
const ended = await workbench.downloads.wait(started.value.batch.id);
process.stdout.write(`${JSON.stringify(ended)}\n`);
await workbench.close();
