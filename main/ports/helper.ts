/** A process of its own for one question; it can be killed whatever it is busy with. */
export type HelperProcess = {
  send(line: string): void;
  /** Called with each line that it answers. */
  answered(receive: (line: string) => void): void;
  /** Called when it has ended, or could not start. */
  ended(receive: () => void): void;
  /** At once, without asking it. */
  kill(): void;
};

/** Starts a script as such a process, with this environment and no other. */
export type StartHelper = (script: string, environment: Readonly<Record<string, string>>) => HelperProcess;
