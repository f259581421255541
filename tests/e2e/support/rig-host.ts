import { join } from 'node:path';
import { root } from '../../../build/bootstrap/paths.mjs';
import { startRig } from '../../support/rig/launch-rig.ts';
import { createFaults } from './faults.ts';
import type { OpenedApp, OpenOptions } from './host.ts';

/** Opens the built Electron program on the stand-in, its window a page of real Chromium. */
export async function openRigHost({ environment, theme, expectedFaults }: OpenOptions): Promise<OpenedApp> {
  const faults = createFaults(expectedFaults === undefined ? {} : { expected: expectedFaults });
  const bundle = join(root, 'dist', 'electron', 'main.js');
  const rig = startRig({ bundle, environment, theme, fault: faults.add });
  try {
    const page = await rig.page();
    return { page, faults: faults.seen, close: rig.close, kill: rig.kill };
  } catch (error) {
    await rig.kill();
    throw error;
  }
}
