import { isSampleHost, sampleOrigin } from '../../../domain/account/data-centre.ts';
import type { RenderBase } from '../images/base-picture.ts';
import { createImageMaker } from '../images/picture-maker.ts';
import { startSampleServer, type SampleServer } from './sample-server.ts';

export type SampleHost = {
  /** The port of the sample library's server, started at its first use; undefined for every other host. */
  port(host: string): Promise<number> | undefined;
  close(): Promise<void>;
};

/** Pictures are the same in every run. */
const seed = 2026;

/** `count` is asked when the server starts: how many images the library has. `render` draws its pictures elsewhere. */
export function createSampleHost(count: () => number, render?: RenderBase): SampleHost {
  let server: Promise<SampleServer> | undefined;
  return {
    port(host) {
      if (!isSampleHost(host)) return undefined;
      server ??= startSampleServer({
        ...{ count: count(), seed, publicOrigin: sampleOrigin },
        pictures: createImageMaker(render === undefined ? {} : { render }),
      });
      return server.then(({ port }) => port);
    },
    async close() {
      // One that could not start has nothing to close.
      await (await server?.catch(() => undefined))?.close();
    },
  };
}
