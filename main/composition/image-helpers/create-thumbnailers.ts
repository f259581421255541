import { childEnvironment, type Environment } from '../../adapters/helpers/child-environment.ts';
import { startInNode } from '../../adapters/helpers/start-in-node.ts';
import type { StartHelper } from '../../ports/helper.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { RenderBase } from '../../features/sample/images/base-picture.ts';
import { createDrawingsApart } from './separate-svgs.ts';
import { createHelperThumbnailer } from './helper-thumbnailer.ts';
import { createImageProcesses } from './image-processes.ts';
import { imageBuildVariable, lowPriorityVariable } from './image-protocol.ts';

export type ThumbnailersDeps = {
  readonly environment: Environment;
  readonly startHelper?: StartHelper;
  readonly pictureBuild?: 'wasm';
};

export type Thumbnailers = {
  readonly thumbnailer: Thumbnailer;
  readonly render: RenderBase;
  /** Ends their processes. */
  end(): void;
};

/** What makes pictures, in processes that hold no key and can be killed. */
export function createThumbnailers({ environment, startHelper, pictureBuild }: ThumbnailersDeps): Thumbnailers {
  const start = startHelper ?? startInNode;
  const build = pictureBuild === undefined ? {} : { [imageBuildVariable]: pictureBuild };
  const own = { ...childEnvironment(environment), ...build };
  const shrinking = createImageProcesses(start, { ...own, [lowPriorityVariable]: '1' });
  // Somebody waits for a file of the sample library as for a server's answer.
  const rendering = createImageProcesses(start, own);
  return {
    thumbnailer: createDrawingsApart({
      pictures: createHelperThumbnailer(shrinking.begin).thumbnailer,
      begin: shrinking.begin,
    }),
    render: createHelperThumbnailer(rendering.begin).render,
    end() {
      shrinking.end();
      rendering.end();
    },
  };
}
