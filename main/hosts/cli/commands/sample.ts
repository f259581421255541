import { failure } from '../../../domain/failure.ts';
import { refuse } from './accounts.ts';
import { findByName, type Session } from '../session.ts';
import { plural } from '../text/text.ts';

const name = 'Sample library';

/** Adds the sample library; if it already exists, reports that and changes nothing. */
export async function sampleCommand(session: Session, count: number): Promise<number> {
  const { output, call } = session;
  const listed = await call('accounts.list', {});
  if (!listed.ok) return refuse(session, listed.error);
  const existing = findByName(listed.value, name);
  if (existing !== undefined && existing.kind !== 'sample') {
    const message = `There is an account called “${existing.name}” that is not the sample library. Remove that one first.`;
    return refuse(session, failure('name-taken', message));
  }
  if (existing !== undefined) {
    output.document({ account: existing.name, added: false });
    output.line(
      `“${existing.name}” is there already. To make it anew: contact-sheet accounts remove '${name}' --delete-catalogue`,
    );
    return 0;
  }
  const added = await call('sample.add', { name, count });
  if (!added.ok) return refuse(session, added.error);
  output.document({ account: added.value.name, added: true, count });
  output.line(
    `Added “${added.value.name}” with ${plural(count, 'generated image')}. Next: contact-sheet sync '${name}'`,
  );
  return 0;
}
