import { failure } from '../failure.ts';
import { fail, type Result } from '../result.ts';
import { parseTemplate } from './template.ts';
import type { Template } from './tree.ts';

/** Parses a template; fails with its first mistake as a sentence. */
export function readTemplate(text: string): Result<Template> {
  const parsed = parseTemplate(text);
  if (parsed.ok) return parsed;
  const [first] = parsed.error;
  const where = first === undefined ? '' : `At character ${first.start + 1} of the template: ${first.message}`;
  return fail(failure('template-mistake', where));
}
