import type { AppDeps } from '../app-deps.ts';

/** As many as a tour needs; the command line takes up to a million. */
const sampleCount = 2000;

/** Adds the sample library and syncs it at once: its calls cost nothing. */
export async function addSampleLibrary({ door, notices, syncs, accounts, translate }: AppDeps): Promise<void> {
  const added = await door.call('sample.add', { name: translate('sample.name'), count: sampleCount });
  if (!added.ok) return notices.failed(added.error);
  await accounts.load();
  await syncs.run(added.value.id);
}
