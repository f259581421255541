import { z } from 'zod';
import { command } from '../command.ts';

export const Finding = z.object({
  what: z.enum(['database', 'disk', 'privacy', 'keychain', 'network', 'pictures', 'electron']),
  /** `absent`: what it is for is not to be had on this machine, the rest works. */
  state: z.enum(['works', 'absent', 'fails']),
  detail: z.string(),
});
export type Finding = z.output<typeof Finding>;

/** Folders are absolute paths on the machine that runs the core. */
export const About = z.object({ version: z.string(), data: z.string(), cache: z.string(), logs: z.string() });
export type About = z.output<typeof About>;

export const doctorCommands = {
  /** What works here. Makes no connection. */
  'doctor.run': command(z.object({}), z.array(Finding)),
  /** What was mended when the library was opened, as sentences for the user. */
  'doctor.notices': command(z.object({}), z.array(z.string())),
  /** Which Contact Sheet this is, and where it keeps what. */
  'doctor.about': command(z.object({}), About),
};
