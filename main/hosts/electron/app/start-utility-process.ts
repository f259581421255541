import type { utilityProcess } from 'electron';
import { childEnvironment } from '../../../adapters/helpers/child-environment.ts';
import type { StartHelper } from '../../../ports/helper.ts';

type Utilities = Pick<typeof utilityProcess, 'fork'>;

/**
 * Starts helpers as Electron utility processes, as its program can't run scripts itself: that switch is off for good.
 */
export function createStartHelper(utilities: Utilities, kill: (pid: number) => void): StartHelper {
  return (script, environment) => {
    const child = utilities.fork(script, [], {
      env: childEnvironment(environment),
      stdio: 'ignore',
      serviceName: 'Contact Sheet helper',
    });
    let hasEnded = false;
    child.once('exit', () => void (hasEnded = true));
    return {
      send: (line) => child.postMessage(line),
      answered: (receive) => void child.on('message', (line: unknown) => receive(String(line))),
      ended: (receive) => void child.once('exit', () => receive()),
      kill() {
        if (hasEnded) return;
        // Electron's own kill asks politely, which a helper that waits for a prompt does not notice.
        if (child.pid === undefined) child.kill();
        else kill(child.pid);
      },
    };
  };
}
