import type { IncomingHttpHeaders } from 'node:http';
import { planFileAnswer } from '../../../main/features/sample/server/file-response.ts';
import { soundText, type Sound } from './deliver.ts';
import type { FakeImage } from './fake-image.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';

/** Answers a request for a file as a web server would, but for the conditions that the fault ignores. */
export async function fileSound(
  headers: IncomingHttpHeaders,
  image: FakeImage | undefined,
  fault: Fault,
): Promise<Sound> {
  if (image === undefined) {
    const { status = 404, body = '', mediaType = 'text/html' } = faults.missing().answer ?? {};
    return soundText(status, body, mediaType);
  }
  const content = await image.file.make();
  const { range, 'if-range': ifRange, ...others } = headers;
  const asked = {
    ...others,
    ...(range !== undefined && fault.ignoresRange !== true && { range }),
    ...(ifRange !== undefined && fault.ignoresIfRange !== true && { 'if-range': ifRange }),
  };
  const plan = planFileAnswer(asked, { ...image.file, bytes: content.length });
  const lowered = Object.entries(plan.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return { status: plan.status, headers: Object.fromEntries(lowered), body: content.subarray(plan.from, plan.to) };
}
