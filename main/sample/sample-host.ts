import { isSampleHost, sampleOrigin } from '../domain/data-centre.ts';
import { createRenderBase, type LoadLibrary } from './pictures/base-picture.ts';
import { createPictureMaker } from './pictures/picture-maker.ts';
import { startSampleServer, type SampleServer } from './sample-server.ts';

export type SampleHost = {
  /** The port of the sample library's server, started at its first use; undefined for every other host. */
  port(host: string): Promise<number> | undefined;
  close(): Promise<void>;
};

/** Pictures are the same in every run. */
const seed = 2026;

/** `count` is asked when the server starts: how many images the library has. `load` brings what draws its pictures. */
export function createSampleHost(count: () => number, load?: LoadLibrary): SampleHost {
  let server: Promise<SampleServer> | undefined;
  const underWay = new Set<Promise<unknown>>();
  return {
    port(host) {
      if (!isSampleHost(host)) return undefined;
      server ??= startSampleServer({
        ...{ count: count(), seed, publicOrigin: sampleOrigin },
        pictures: createPictureMaker({ render: counted(createRenderBase(load), underWay) }),
      });
      return server.then(({ port }) => port);
    },
    async close() {
      // One that could not start has nothing to close.
      await (await server?.catch(() => undefined))?.close();
      await Promise.allSettled(underWay);
    },
  };
}

/** The process may not end under a picture that is being drawn: threads of WebAssembly would hang it. */
function counted<A extends unknown[], T>(work: (...args: A) => Promise<T>, underWay: Set<Promise<unknown>>) {
  return (...args: A): Promise<T> => {
    const running = work(...args).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  };
}
