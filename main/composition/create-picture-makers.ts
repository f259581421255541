import type { StartHelper } from '../ports/helper.ts';
import type { Thumbnailer } from '../ports/thumbnailer.ts';
import type { RenderBase } from '../sample/pictures/base-picture.ts';
import { helperEnvironment, type Environment } from '../vault/keychain-process.ts';
import { startNodeHelper } from '../vault/start-node-helper.ts';
import { createUsualThumbnailer } from './create-pictures.ts';
import { createDrawingsApart } from './drawings-apart.ts';
import { createHelpedPictures } from './helped-pictures.ts';

export type PictureMakersDeps = {
  readonly environment: Environment;
  readonly startHelper?: StartHelper;
  readonly startPictureHelper?: StartHelper;
};

export type PictureMakers = {
  readonly thumbnailer: Thumbnailer;
  /** Undefined where the sample's pictures are made in this very process. */
  readonly render: RenderBase | undefined;
  /** Ends their processes. */
  end(): void;
};

/** What makes pictures: all of it in a process of its own where the host wants that, and drawings everywhere. */
export function createPictureMakers({
  environment,
  startHelper = startNodeHelper,
  startPictureHelper,
}: PictureMakersDeps): PictureMakers {
  const helped = startPictureHelper && createHelpedPictures(startPictureHelper);
  const drawings = createDrawingsApart({
    pictures: helped?.thumbnailer ?? createUsualThumbnailer(),
    start: startHelper,
    environment: helperEnvironment(environment),
  });
  return {
    thumbnailer: drawings.thumbnailer,
    render: helped?.render,
    end() {
      helped?.end();
      drawings.end();
    },
  };
}
