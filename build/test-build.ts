import { ensureBuilt } from './bundles/ensure-built.mjs';
import { electronPart, interfacePart } from './bundles/parts.mjs';

/** Rebuilds stale bundles before the end-to-end tests, which run the shipped code. */
export default async function setup(): Promise<void> {
  await ensureBuilt([interfacePart, electronPart]);
}
