import { childEnvironment, type Environment } from '../../adapters/helpers/child-environment.ts';
import { startInNode } from '../../adapters/helpers/start-in-node.ts';
import type { StartHelper } from '../../ports/helper.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { RenderBase } from '../../features/sample/images/base-picture.ts';
import { createDrawingsApart } from './separate-svgs.ts';
import { createHelpedPictures } from './helper-thumbnailer.ts';
import { createPictureProcesses } from './image-processes.ts';
import { pictureBuildVariable, standsBackVariable } from './image-protocol.ts';

export type PictureMakersDeps = {
  readonly environment: Environment;
  readonly startHelper?: StartHelper;
  readonly pictureBuild?: 'wasm';
};

export type PictureMakers = {
  readonly thumbnailer: Thumbnailer;
  readonly render: RenderBase;
  /** Ends their processes. */
  end(): void;
};

/** What makes pictures, in processes that hold no key and can be killed. */
export function createPictureMakers({ environment, startHelper, pictureBuild }: PictureMakersDeps): PictureMakers {
  const start = startHelper ?? startInNode;
  const build = pictureBuild === undefined ? {} : { [pictureBuildVariable]: pictureBuild };
  const own = { ...childEnvironment(environment), ...build };
  const shrinking = createPictureProcesses(start, { ...own, [standsBackVariable]: '1' });
  // Somebody waits for a file of the sample library as for a server's answer.
  const rendering = createPictureProcesses(start, own);
  return {
    thumbnailer: createDrawingsApart({
      pictures: createHelpedPictures(shrinking.begin).thumbnailer,
      begin: shrinking.begin,
    }),
    render: createHelpedPictures(rendering.begin).render,
    end() {
      shrinking.end();
      rendering.end();
    },
  };
}
