export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line for each call; the writer redacts keys and bounds the file. */
export type Log = (level: LogLevel, message: string, details?: Readonly<Record<string, unknown>>) => void;
