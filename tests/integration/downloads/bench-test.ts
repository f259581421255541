import { onTestFinished } from 'vitest';
import type { BatchEnd } from '../../../main/features/downloads/download-service.ts';
import type { StartOrder } from '../../../main/features/downloads/start-batch.ts';
import { startFakeApi, type FakeApi } from '../../support/fake-api/fake-api.ts';
import type { FakeImage } from '../../support/fake-api/fake-image.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openWorkbench, type Listing, type Workbench, type WorkbenchSettings } from './workbench.ts';

export type Bench = Workbench & {
  readonly api: FakeApi;
  readonly home: string;
  readonly destination: string;
  /** Downloads everything and waits for the end. */
  download(order?: Partial<StartOrder>): Promise<BatchEnd>;
  order(order?: Partial<StartOrder>): StartOrder;
  /** Reopens the same data, as in a new process. */
  reopen(): Promise<Bench>;
};

/** Opens a fake API with these images, and a workbench whose catalogue lists them. Both end with the test. */
export async function openBench(
  images: readonly FakeImage[],
  settings: Partial<WorkbenchSettings> = {},
): Promise<Bench> {
  const api = await startFakeApi({ library: images });
  onTestFinished(() => api.close());
  const home = temporaryFolder();
  const destination = `${temporaryFolder()}/saved`;
  const bench = openOn(api, home, destination, settings);
  bench.list(listingsOf(api, images));
  return bench;
}

export function listingsOf(api: Pick<FakeApi, 'origin'>, images: readonly FakeImage[]): Listing[] {
  return images.map(({ id, path, size, url }) => ({ id, url: url ?? api.origin + path, sizeText: size }));
}

function openOn(api: FakeApi, home: string, destination: string, settings: Partial<WorkbenchSettings>): Bench {
  const workbench = openWorkbench({ home, origin: api.origin, ...settings });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await workbench.close();
    isOpen = false;
  };
  onTestFinished(close);
  const order = (more: Partial<StartOrder> = {}): StartOrder => ({
    ...{
      query: '',
      selection: null,
      destination,
      template: '{name}.{ext}',
      policy: 'skip-identical',
      includeOther: false,
    },
    ...{ manifest: false, concurrency: null, limitRate: null },
    ...more,
  });
  return {
    ...workbench,
    ...{ api, home, destination, order, close },
    async download(more) {
      const { batch } = must(await workbench.downloads.start(order(more)));
      return must(await workbench.downloads.wait(batch.id));
    },
    async reopen() {
      await close();
      return openOn(api, home, destination, settings);
    },
  };
}
