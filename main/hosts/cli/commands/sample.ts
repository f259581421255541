import { failure } from '../../../domain/failure.ts';
import { refuse } from './accounts.ts';
import { findByName, type Session } from '../session.ts';
import { plural } from '../text/text.ts';

const name = 'Sample library';

/** Adds the sample library; where it is there already that is said, and nothing changes. */
export async function sampleCommand(session: Session, count: number): Promise<number> {
  const { output, call } = session;
  const listed = await call('accounts.list', {});
  if (!listed.ok) return refuse(session, listed.error);
  const there = findByName(listed.value, name);
  if (there !== undefined && there.kind !== 'sample') {
    const message = `There is an account called “${there.name}” that is not the sample library. Remove that one first.`;
    return refuse(session, failure('name-taken', message));
  }
  if (there !== undefined) {
    output.document({ account: there.name, added: false });
    output.line(
      `“${there.name}” is there already. To make it anew: contact-sheet accounts remove '${name}' --delete-catalogue`,
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
