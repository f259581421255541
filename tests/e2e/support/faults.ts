import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { watchAnswers } from '../../support/watchdog.ts';

/** Collects faults that no test may cause: errors in a page or on its console, CSP violations, and pages that hang. */
export type Faults = {
  readonly seen: string[];
  add(text: string): void;
};

export type FaultRule = {
  /** Faults that a test causes on purpose, such as an image that can't be loaded. */
  readonly expected?: RegExp;
};

export function createFaults({ expected }: FaultRule = {}): Faults {
  const seen: string[] = [];
  return {
    seen,
    add(text) {
      if (expected?.test(text) !== true) seen.push(text);
    },
  };
}

export function describeConsole(message: ConsoleMessage): string | undefined {
  return message.type() === 'error' ? `console: ${message.text()} ${message.location().url}` : undefined;
}

/** Watches every page of a context, starting before its first script. */
export async function watchContext(context: BrowserContext, { add }: Faults): Promise<void> {
  await context.exposeBinding('reportPolicyViolation', (_source, text: string) => add(`CSP: ${text}`));
  await context.addInitScript(reportViolations);
  context.on('page', (page) => watchPage(page, add));
}

function watchPage(page: Page, add: (text: string) => void): void {
  watchAnswers(page, add);
  page.on('pageerror', (error) => add(`page error: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    const text = describeConsole(message);
    if (text !== undefined) add(text);
  });
}

type Violation = { readonly violatedDirective: string; readonly blockedURI: string };
type InPage = {
  reportPolicyViolation(text: string): void;
  addEventListener(type: string, listen: (event: Violation) => void): void;
};

/** Runs in the page. */
function reportViolations(): void {
  const page = globalThis as unknown as InPage;
  page.addEventListener('securitypolicyviolation', (event) =>
    page.reportPolicyViolation(`${event.violatedDirective} ${event.blockedURI}`),
  );
}
