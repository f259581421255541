import { refuse } from './accounts.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { Session } from '../session.ts';

const marks = { works: '✓', absent: '–', fails: '✗' } as const;

export async function doctorCommand(session: Session): Promise<number> {
  const { output, call } = session;
  const findings = await call('doctor.run', {});
  if (!findings.ok) return refuse(session, findings.error);
  output.document(findings.value);
  for (const { what, state, detail } of findings.value) output.line(`${marks[state]} ${what.padEnd(9)} ${detail}`);
  const broken = findings.value.some(
    ({ what, state }) => state === 'fails' && (what === 'database' || what === 'disk'),
  );
  return broken ? exitCodeOf('not-writable') : 0;
}
