import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../build/bootstrap/paths.mjs';

type Step = {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: object;
};
type Job = {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly needs?: string | readonly string[];
  readonly strategy?: { readonly matrix: Record<string, readonly unknown[]> };
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
};
type Workflow = { readonly on: object; readonly permissions: object; readonly jobs: Readonly<Record<string, Job>> };

const folder = join(root, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const files = readdirSync(folder);
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const jobsOf = (file: string) => Object.entries((parse(textOf(file)) as Workflow).jobs);

test('there are two workflows', () => expect(files.sort()).toEqual(['ci.yml', 'release.yml']));

describe.each(files)('%s', (file) => {
  const workflow = parse(textOf(file), { strict: true, uniqueKeys: true }) as Workflow;

  test('may by itself only read', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.on).length).toBeGreaterThan(0);
  });

  test.each(jobsOf(file))('%s has an end, known needs and matrix values that are there', (_name, job) => {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    for (const need of [job.needs ?? []].flat()) expect(Object.keys(workflow.jobs)).toContain(need);
    const { include = [], ...axes } = job.strategy?.matrix ?? {};
    const asked = [...JSON.stringify(job).matchAll(/matrix\.(?<name>\w+)/gu)].map(
      (match) => match.groups?.['name'] ?? '',
    );
    for (const name of asked) {
      if (Object.hasOwn(axes, name)) continue;
      expect(include.length, name).toBeGreaterThan(0);
      for (const entry of include) expect(Object.keys(entry as object)).toContain(name);
    }
  });

  test('takes actions by their whole commit, which nobody can move, with its version beside it', () => {
    const lines = textOf(file)
      .split('\n')
      .filter((line) => /\buses:/u.test(line));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
  });

  test.each(jobsOf(file))('%s runs scripts that exist', (_name, job) => {
    expect(job.steps.length).toBeGreaterThan(0);
    for (const { run = '' } of job.steps) {
      for (const [, name = ''] of run.matchAll(/npm (?:--silent )?run (?:-s |--silent )?(?<name>[\w:]+)/gu))
        expect(scripts).toHaveProperty(name);
      for (const [path = ''] of run.matchAll(/\b(?:tests|build)\/[\w/.-]+/gu))
        expect(existsSync(join(root, path)), path).toBe(true);
    }
  });

  test.each(jobsOf(file))('%s decides by nothing that a step does not have yet', (_name, job) => {
    for (const step of job.steps) {
      expect(step.if ?? '').not.toContain('secrets.');
      for (const [, name = ''] of (step.if ?? '').matchAll(/env\.(?<name>\w+)/gu)) expect(job.env).toHaveProperty(name);
    }
  });
});

test('secrets are seen by releases alone, never by what a stranger’s change runs', () => {
  expect(textOf('ci.yml')).not.toMatch(/secrets\.|pull_request_target/u);
});

test('nothing runs without Chromium’s sandbox', () => {
  for (const file of files) expect(textOf(file)).not.toContain('no-sandbox');
});

test('the packed app is tried on three systems, on both processors of each', () => {
  const { electron } = Object.fromEntries(jobsOf('ci.yml'));
  const entries = (electron?.strategy?.matrix['include'] ?? []) as readonly { platform: string; arch: string }[];
  const tried = entries.map(({ platform, arch }) => `${platform} ${arch}`).sort();
  const systems = ['darwin', 'linux', 'win32'];
  expect(tried).toEqual(systems.flatMap((system) => [`${system} arm64`, `${system} x64`]));
});
