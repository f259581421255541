import { z } from 'zod';
import { command } from './command.ts';

export const Finding = z.object({
  what: z.enum(['database', 'disk', 'keychain', 'network', 'pictures', 'electron']),
  /** `absent`: what it is for is not to be had on this machine, the rest works. */
  state: z.enum(['works', 'absent', 'fails']),
  detail: z.string(),
});
export type Finding = z.output<typeof Finding>;

export const doctorCommands = {
  /** What works here. Makes no connection. */
  'doctor.run': command(z.object({}), z.array(Finding)),
  /** What was mended when the library was opened, as sentences for the user. */
  'doctor.notices': command(z.object({}), z.array(z.string())),
};
