/** An exception as it crosses between threads: SQLite's and the system's codes would be lost with the error itself. */
export type ThrownError = {
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly errcode: number | undefined;
};

export function toThrown(error: unknown): ThrownError {
  if (!(error instanceof Error))
    return { message: String(error), stack: undefined, code: undefined, errcode: undefined };
  const { message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const errcode = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;
  return { message, stack, code, errcode };
}

export function fromThrown({ message, stack, code, errcode }: ThrownError): Error {
  const error = Object.assign(new Error(message), { code, errcode });
  if (stack !== undefined) error.stack = stack;
  return error;
}
