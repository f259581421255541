import type { StartHelper } from '../../ports/helper.ts';
import { ended, startImageProcess, type ImageProcess } from './image-process.ts';

export type ImageProcesses = {
  begin(): ImageProcess;
  /** Ends all of them; none begins any more. */
  end(): void;
};

/** Every process that makes pictures, so that none outlives who started it. */
export function createImageProcesses(
  start: StartHelper,
  environment: Readonly<Record<string, string>>,
): ImageProcesses {
  const living = new Set<ImageProcess>();
  let isOver = false;
  return {
    begin() {
      if (isOver) return noProcess;
      for (const process of living) if (!process.isLiving()) living.delete(process);
      const process = startImageProcess(start, environment);
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

const noProcess: ImageProcess = {
  isLiving: () => false,
  underWay: () => 0,
  ask: () => Promise.resolve({ id: 0, failed: ended }),
  kill: () => undefined,
};
