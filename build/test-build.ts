import { ensureBuilt } from './bundles/ensure-built.mjs';
import { electronPart, interfacePart } from './bundles/parts.mjs';

/** What journeys run is what ships: built before them, where it is stale. */
export default async function setup(): Promise<void> {
  await ensureBuilt([interfacePart, electronPart]);
}
