import type { StartHelper } from '../../ports/helper.ts';
import { ended, startPictureProcess, type PictureProcess } from './image-process.ts';

export type PictureProcesses = {
  begin(): PictureProcess;
  /** Ends all of them; none begins any more. */
  end(): void;
};

/** Every process that makes pictures, so that none outlives who started it. */
export function createPictureProcesses(
  start: StartHelper,
  environment: Readonly<Record<string, string>>,
): PictureProcesses {
  const living = new Set<PictureProcess>();
  let isOver = false;
  return {
    begin() {
      if (isOver) return noProcess;
      for (const process of living) if (!process.isLiving()) living.delete(process);
      const process = startPictureProcess(start, environment);
      living.add(process);
      return process;
    },
    end() {
      isOver = true;
      for (const process of living) process.kill();
      living.clear();
    },
  };
}

const noProcess: PictureProcess = {
  isLiving: () => false,
  underWay: () => 0,
  ask: () => Promise.resolve({ id: 0, failed: ended }),
  kill: () => undefined,
};
