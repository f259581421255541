import type { StartHelper } from '../../ports/helper.ts';
import { ended, startImageProcess, type ImageProcess } from './image-process.ts';

export type ImageProcesses = {
  begin(): ImageProcess;
  /** Kills all processes and starts no more. */
  end(): void;
};

/** Tracks all image processes, so that none outlives its parent. */
export function createImageProcesses(
  start: StartHelper,
  environment: Readonly<Record<string, string>>,
): ImageProcesses {
  const processes = new Set<ImageProcess>();
  let hasEnded = false;
  return {
    begin() {
      if (hasEnded) return endedProcess;
      for (const process of processes) if (!process.isLiving()) processes.delete(process);
      const process = startImageProcess(start, environment);
      processes.add(process);
      return process;
    },
    end() {
      hasEnded = true;
      for (const process of processes) process.kill();
      processes.clear();
    },
  };
}

const endedProcess: ImageProcess = {
  isLiving: () => false,
  underWay: () => 0,
  ask: () => Promise.resolve({ id: 0, failed: ended }),
  kill: () => undefined,
};
