import type { IncomingHttpHeaders } from 'node:http';
import { planFileAnswer } from '../../../main/features/sample/server/file-response.ts';
import { soundText, type Sound } from './deliver.ts';
import type { FakeImage } from './fake-image.ts';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';

/** Answers a request for a file as a web server would, except for the conditions that the fault ignores. */
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
  const { range, 'if-range': ifRange, ...otherHeaders } = headers;
  const requestHeaders = {
    ...otherHeaders,
    ...(range !== undefined && fault.ignoresRange !== true && { range }),
    ...(ifRange !== undefined && fault.ignoresIfRange !== true && { 'if-range': ifRange }),
  };
  const plan = planFileAnswer(requestHeaders, { ...image.file, bytes: content.length });
  const lowerCaseHeaders = Object.entries(plan.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: plan.status,
    headers: Object.fromEntries(lowerCaseHeaders),
    body: content.subarray(plan.from, plan.to),
  };
}
