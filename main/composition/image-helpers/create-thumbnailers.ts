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
  /** Kills their processes. */
  end(): void;
};

/** Creates image renderers in processes that hold no key and can be killed. */
export function createThumbnailers({ environment, startHelper, pictureBuild }: ThumbnailersDeps): Thumbnailers {
  const start = startHelper ?? startInNode;
  const buildVariable = pictureBuild === undefined ? {} : { [imageBuildVariable]: pictureBuild };
  const helperEnvironment = { ...childEnvironment(environment), ...buildVariable };
  const thumbnailProcesses = createImageProcesses(start, { ...helperEnvironment, [lowPriorityVariable]: '1' });
  // Normal priority: sample files are awaited like a server response.
  const renderProcesses = createImageProcesses(start, helperEnvironment);
  return {
    thumbnailer: createDrawingsApart({
      pictures: createHelperThumbnailer(thumbnailProcesses.begin).thumbnailer,
      begin: thumbnailProcesses.begin,
    }),
    render: createHelperThumbnailer(renderProcesses.begin).render,
    end() {
      thumbnailProcesses.end();
      renderProcesses.end();
    },
  };
}
