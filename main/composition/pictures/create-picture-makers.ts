import { helperEnvironment, type Environment } from '../../helpers/helper-environment.ts';
import { startInNode } from '../../helpers/start-in-node.ts';
import type { StartHelper } from '../../ports/helper.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { RenderBase } from '../../sample/pictures/base-picture.ts';
import { createDrawingsApart } from './drawings-apart.ts';
import { createHelpedPictures } from './helped-pictures.ts';
import { createPictureProcesses } from './picture-processes.ts';
import { pictureBuildVariable } from './picture-protocol.ts';

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
  const build = pictureBuild === undefined ? {} : { [pictureBuildVariable]: pictureBuild };
  const processes = createPictureProcesses(startHelper ?? startInNode, {
    ...helperEnvironment(environment),
    ...build,
  });
  const helped = createHelpedPictures(processes.begin);
  return {
    thumbnailer: createDrawingsApart({ pictures: helped.thumbnailer, begin: processes.begin }),
    render: helped.render,
    end: processes.end,
  };
}
