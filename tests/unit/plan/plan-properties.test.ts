import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conflictPolicies } from '../../../main/domain/transfer/batch.ts';
import type { PlanImage } from '../../../main/domain/plan/plan-types.ts';
import { collisionKey } from '../../../main/domain/files/portable-name.ts';
import { refusalOf } from './portability.ts';
import type { Plan } from '../../support/plain-plan/plain-types.ts';
import { carryOut, contentOf, emptyWorld, imageOf, linesOf, planIn, planPlainlyIn, templateOf } from './plan-world.ts';

const long = 'n'.repeat(251);
const segments = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('a', 'A', 'a.png', 'A.PNG', 'a%20(1).png', 'a%20(1)%20(1).png', 'a%20(2).png'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'CON.png',
      'con_.png',
      'ss.png',
      '%C3%9F.png',
      '%E1%BA%9E.png',
      'Caf%C3%A9.png',
      'Cafe%CC%81.png',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      `${long}.png`,
      `${long}x.png`,
      `${long}y.png`,
      '..%2f..%2fx',
      '%00',
      '%E2%80%AE',
      'a.csv',
      'manifest.json',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 12 }).map((text) => encodeURIComponent(text.toWellFormed())),
  },
);
const folders = fc.constantFrom('', 'sub-3', 'SUB-3', 'a', 'A', 'a.png', 'a (1)', '..', '/', 'CON', 'é');
const images = fc
  .array(fc.record({ segment: segments, folder: folders, size: fc.integer({ min: 1, max: 2 }) }), { maxLength: 14 })
  .map((parts) =>
    parts.map(({ segment, folder, size }, index) => imageOf(index + 1, segment, { folder, sizeText: `${size} bytes` })),
  );
const templates = fc
  .constantFrom(
    '{folder}/{name}.{ext}',
    '{name}.{ext}',
    '{folder}',
    'same',
    '{ext}/{folder}/x',
    '[{folder}-]{name|upper}.{ext}',
    'a/{folder}/a',
  )
  .map(templateOf);
const strays = fc
  .uniqueArray(
    fc.constantFrom(
      'a',
      'a.png',
      'A.PNG',
      'a (1).png',
      'A (2).png',
      'sub-3',
      'sub-3/a.png',
      'a/x',
      'CON_.png',
      'SS.png',
      'same',
      'é',
    ),
    { maxLength: 6, selector: (path) => collisionKey(path.split('/')[0] ?? '') },
  )
  .map((paths) => Object.fromEntries(paths.map((path) => [path, 'a stray file'])));
const situation = fc.record({
  images,
  template: templates,
  policy: fc.constantFrom(...conflictPolicies),
  strays,
  includeOther: fc.boolean(),
});

function checkPaths(plan: Plan): void {
  const taken = new Set<string>();
  const foldersTaken = new Set<string>();
  const paths = plan.items.flatMap(({ relativePath, besidePath }) =>
    [relativePath, besidePath].filter((path) => path !== null),
  );
  for (const path of paths) {
    const names = path.split('/');
    for (const name of names) expect(refusalOf(name), path).toBeUndefined();
    expect(taken.has(collisionKey(path)), `${path} twice`).toBe(false);
    taken.add(collisionKey(path));
    for (let depth = 1; depth < names.length; depth++) foldersTaken.add(collisionKey(names.slice(0, depth).join('/')));
  }
  for (const folder of foldersTaken) expect(taken.has(folder), `${folder} is a file and a folder`).toBe(false);
}

/** Varies an image by its id: hashes, names uploaded twice, gone and failed images. */
function vary(image: PlanImage): PlanImage {
  const { id } = image;
  return {
    ...image,
    sha256: id % 3 === 0 ? `${id % 2}`.repeat(64) : null,
    exactBytes: id % 5 === 0 ? id : null,
    gone: id % 7 === 0,
    duplicate: id % 11 === 0,
  };
}

const pathsById = (plan: Plan) => new Map(plan.items.map((item) => [item.id, item.relativePath]));

describe('any plan', () => {
  it('keeps every image on a portable path of its own, loses no file, and is settled once it is carried out', () => {
    fc.assert(
      fc.property(situation, fc.boolean(), ({ images: all, strays: files, ...more }, isBackwards) => {
        const world = emptyWorld(files);
        const plan = planIn(world, all, more);
        checkPaths(plan);
        expect(plan.items.map((item) => item.id)).toEqual(all.map((image) => image.id));
        carryOut(world, plan, all, more.policy === 'overwrite');
        const again = planIn(world, isBackwards ? [...all].reverse() : all, more);
        checkPaths(again);
        const before = new Map(plan.items.map((item) => [item.id, item]));
        for (const item of again.items) {
          const earlier = before.get(item.id);
          if (earlier?.action === 'skip') {
            expect(item.action).toBe('skip');
            continue;
          }
          expect(item.reason).toBe('saved');
          const image = all.find(({ id }) => id === item.id);
          expect(world.disk.get(item.relativePath ?? '')).toBe(image && contentOf(image));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is what the rules say, put plainly', () => {
    const fates = fc.array(fc.constantFrom('stays', 'changes', 'goes', 'edited'), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(situation, fates, fc.nat(14), ({ images: plain, strays: files, ...more }, fate, early) => {
        const all = plain.map(vary);
        const failedBefore = ({ id }: PlanImage) => id % 4 === 0;
        const world = emptyWorld(files);
        expect(planIn(world, all, { ...more, failedBefore })).toEqual(
          planPlainlyIn(world, all, { ...more, failedBefore }),
        );
        carryOut(world, planIn(world, all.slice(0, early), more), all, more.policy === 'overwrite');
        for (const [index, { path }] of world.history.entries()) {
          if (fate[index] === 'goes') world.disk.delete(path);
          if (fate[index] === 'edited') world.disk.set(path, 'edited by hand');
        }
        const later = all.map((image, index) => (fate[index] === 'changes' ? { ...image, sizeText: '9 KB' } : image));
        for (const policy of conflictPolicies) {
          const again = { ...more, policy, failedBefore };
          expect(planIn(world, later, again)).toEqual(planPlainlyIn(world, later, again));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('leaves what is saved where it is when others come', () => {
    fc.assert(
      fc.property(
        situation,
        fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
        ({ images: all, strays: files, ...more }, picks) => {
          const world = emptyWorld(files);
          const early = all.filter((_, index) => picks[index]);
          const policy = more.policy === 'skip-existing' ? 'keep-both' : more.policy;
          carryOut(world, planIn(world, early, { ...more, policy }), early, policy === 'overwrite');
          const saved = pathsById(planIn(world, early, { ...more, policy }));
          const plan = planIn(world, all, { ...more, policy });
          checkPaths(plan);
          for (const item of plan.items) {
            if (saved.has(item.id)) expect(item.relativePath).toBe(saved.get(item.id));
          }
          carryOut(world, plan, all, policy === 'overwrite');
          for (const item of planIn(world, all, { ...more, policy }).items)
            expect(['saved', 'other-file']).toContain(item.reason);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('survives images that change, and files that go or are edited', () => {
    const fates = fc.array(fc.constantFrom('stays', 'changes', 'goes', 'edited'), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(situation, fates, ({ images: all, strays: files, ...more }, fate) => {
        const world = emptyWorld(files);
        carryOut(world, planIn(world, all, more), all, more.policy === 'overwrite');
        for (const [index, { path }] of world.history.entries()) {
          if (fate[index] === 'goes') world.disk.delete(path);
          if (fate[index] === 'edited') world.disk.set(path, 'edited by hand');
        }
        const later = all.map((image, index): PlanImage =>
          fate[index] === 'changes' ? { ...image, sizeText: '9 KB' } : image,
        );
        const plan = planIn(world, later, more);
        checkPaths(plan);
        carryOut(world, plan, later, more.policy === 'overwrite');
        if (more.policy === 'skip-existing') return;
        for (const item of planIn(world, later, more).items) expect(['saved', 'other-file']).toContain(item.reason);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('many images', () => {
  it('numbers tens of thousands of one name, and of long names that differ in what is cut, step by step', () => {
    const same = Array.from({ length: 20_000 }, (_, index) => imageOf(index, 'same.png'));
    const plan = planIn(emptyWorld(), same);
    expect(plan.items.at(-1)?.relativePath).toBe('Brand/sub-3/same (19999).png');
    const cut = Array.from({ length: 20_000 }, (_, index) =>
      imageOf(index, `${long.slice(5)}${10_000 + (index % 10_000)}.png`),
    );
    const paths = planIn(emptyWorld(), cut).items.map((item) => item.relativePath);
    expect(new Set(paths).size).toBe(20_000);
  });

  it('meets tens of thousands of files that are there', () => {
    const same = Array.from({ length: 10_000 }, (_, index) => imageOf(index, 'same.png'));
    const names = ['same.png', ...Array.from({ length: 10_000 }, (_, index) => `same (${index + 1}).png`)];
    const entries = names.map((name) => ({ name, kind: 'file' as const }));
    const more = { template: templateOf('{name}.{ext}'), disk: { entries: () => entries } };
    expect(linesOf(planIn(emptyWorld(), same, more)).at(-1)).toBe(
      'rename compared same (9999).png or same (20000).png',
    );
    const both = linesOf(planIn(emptyWorld(), same, { ...more, policy: 'keep-both' }));
    expect(both.at(-1)).toBe('rename same-name same (20000).png');
  });
});
