import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listBackups } from '../../../main/adapters/storage/database/backups.ts';
import { createCli, type Cli } from '../../support/cli.ts';
import { startFakeApi, type FakeApi } from '../../support/fake-api/fake-api.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { withCopyOf } from '../../support/kill/data-snapshot.ts';
import { runAndKill } from '../../support/kill/run-and-kill.ts';
import { createSeeded } from '../../support/kill/seeded.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const seed = Number(process.env['CONTACT_SHEET_TORTURE_SEED'] ?? 20_261_124);
const kills = Math.ceil(Number(process.env['CONTACT_SHEET_TORTURE_ROUNDS'] ?? 10) / 4);
const key = 'the-only-key-that-is-let-in';

async function openApi(): Promise<FakeApi> {
  const api = await startFakeApi({ library: plainImages(250), key });
  onTestFinished(() => api.close());
  return api;
}

function addArgs(api: FakeApi, name: string, vault: string): string[] {
  return ['accounts', 'add', '--name', name, '--datacenter', api.origin, '--vault', vault, '--json'];
}

async function mustRun(cli: Cli, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const { code, out, err } = await cli.run(args, { env });
  expect(code, `${args.join(' ')}: ${out}${err}`).toBe(0);
}

describe('SIGKILL', { timeout: 60_000 + kills * 20_000 }, () => {
  it(`at the first start leaves a home that the next one opens (seed ${seed})`, async () => {
    const chance = createSeeded(seed);
    for (let kill = 0; kill < kills; kill++) {
      const cli = createCli();
      const names = ['catalogue.sqlite', 'library.sqlite', 'backups'];
      const name = chance.pick(names);
      const when = { what: name, isNow: () => existsSync(join(cli.home, name)) };
      await runAndKill(cli, ['accounts', 'list'], { when, afterMs: chance.between(0, 25) });
      expect(await cli.json(['accounts', 'list'])).toEqual([]);
      withCopyOf(cli.home, (connection) => expect(connection.isOpen).toBe(true));
    }
  });

  it(`during the backup at the end leaves whole backups only (seed ${seed})`, async () => {
    const chance = createSeeded(seed);
    const api = await openApi();
    const cli = createCli();
    await mustRun(cli, addArgs(api, 'Brand', 'none'));
    const backups = join(cli.home, 'backups');
    for (let kill = 0; kill < kills; kill++) {
      rmSync(backups, { recursive: true, force: true });
      const when = { what: 'the backup', isNow: () => existsSync(backups) };
      await runAndKill(cli, ['accounts', 'list'], { when, afterMs: chance.between(0, 4) });
      for (const path of listBackups(backups)) {
        const copy = new DatabaseSync(path, { readOnly: true });
        expect(copy.prepare('SELECT name FROM accounts').all()).toEqual([{ name: 'Brand' }]);
        copy.close();
      }
      await mustRun(cli, ['accounts', 'list']);
      expect(readdirSync(backups)).toEqual(listBackups(backups).map((path) => basename(path)));
    }
  });

  it(`while an account is added keeps the keys of all others, and adding it again works (seed ${seed})`, async () => {
    const chance = createSeeded(seed);
    const api = await openApi();
    const cli = createCli();
    const secret = { CONTACT_SHEET_PASSPHRASE: 'correct horse' };
    const env = { ...secret, CONTACT_SHEET_API_KEY: key };
    await mustRun(cli, addArgs(api, 'First', 'file'), env);
    const before = existsSync(join(cli.home, 'keys.age.lock'));
    for (let kill = 0; kill < Math.min(kills, 12); kill++) {
      const when = { what: 'the lock', isNow: () => existsSync(join(cli.home, 'keys.age.lock')) };
      const moment =
        chance.next() < 0.7 ? { when, afterMs: chance.between(0, 900) } : { afterMs: chance.between(200, 1_500) };
      await runAndKill(cli, addArgs(api, 'Second', 'file'), moment, { options: { env } });
      const listed = (await cli.json(['accounts', 'list'])) as { name: string }[];
      expect(listed.map(({ name }) => name).slice(0, 1)).toEqual(['First']);
      if (listed.length === 1) continue;
      await mustRun(cli, ['accounts', 'test', 'Second'], secret);
      await mustRun(cli, ['accounts', 'remove', 'Second', '--delete-catalogue'], secret);
    }
    await mustRun(cli, addArgs(api, 'Second', 'file'), env);
    for (const name of ['First', 'Second']) await mustRun(cli, ['accounts', 'test', name], secret);
    expect(before).toBe(false);
    expect(readdirSync(cli.home).filter((name) => name.startsWith('keys.age'))).toEqual(['keys.age']);
  });

  it(`during an export leaves the old file or the new one, and the next export tidies up (seed ${seed})`, async () => {
    const chance = createSeeded(seed);
    const api = await openApi();
    const cli = createCli();
    const env = { CONTACT_SHEET_API_KEY: key };
    await mustRun(cli, addArgs(api, 'Brand', 'none'));
    await mustRun(cli, ['sync'], env);
    const file = join(temporaryFolder(), 'list.ndjson');
    const args = ['export', '', '--format', 'ndjson', '--to', file];
    await mustRun(cli, args);
    const whole = readFileSync(file, 'utf8');
    expect(whole.trimEnd().split('\n')).toHaveLength(250);
    const parts = (): string[] => readdirSync(dirname(file)).filter((name) => name.endsWith('.part'));
    for (let kill = 0; kill < kills; kill++) {
      writeFileSync(file, 'an older list');
      const when = { what: 'the part file', isNow: () => parts().length > 0 };
      await runAndKill(cli, args, { when, afterMs: chance.between(0, 2) });
      expect(['an older list', whole]).toContain(readFileSync(file, 'utf8'));
    }
    await mustRun(cli, args);
    expect(readFileSync(file, 'utf8')).toBe(whole);
    expect(parts()).toEqual([]);
  });
});
