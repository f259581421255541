import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Finding = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
};
type InPage = { readonly axe: { run(options: object): Promise<{ violations: readonly Finding[] }> } };

/** Returns axe's findings in the page's current state, by all or the given rules, one line per element. */
export async function accessibilityProblems(page: Page, rules?: readonly string[]): Promise<string[]> {
  // Evaluated instead of added to the page, whose policy allows no foreign script.
  await page.evaluate(`${axe.source}\nundefined`);
  const violations = await page.evaluate(async (only) => {
    const { axe: inPage } = globalThis as unknown as InPage;
    return (await inPage.run({ resultTypes: ['violations'], ...(only && { runOnly: only }) })).violations.map(
      ({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ target, failureSummary }) => ({ target: target.map(String), failureSummary })),
      }),
    );
  }, rules);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  );
}
