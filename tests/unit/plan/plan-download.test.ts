import { describe, expect, it } from 'vitest';
import type { DiskEntry, RecordedFile } from '../../../main/domain/plan/plan-types.ts';
import { emptyWorld, imageOf, linesOf, planIn, templateOf } from './plan-world.ts';

const stands: Omit<RecordedFile, 'relativePath'> = { stillStands: true, urlOrSizeChanged: false };
const flat = { template: templateOf('{name}.{ext}') };

describe('names', () => {
  it('gives each awkward name of the issue a file of its own inside the destination', () => {
    const segments = [
      '..%2f..%2fetc%2fpasswd',
      'CON.png',
      'a%20b.png',
      'Caf%C3%A9.png',
      'Cafe%CC%81.png',
      'x'.repeat(300) + '.png',
      'photo%E2%80%AEgnp.jpg',
      'a%00b.png',
      'bad%escape',
      'q.png?v=1',
      'IMG.JPG',
      'img.jpg',
      'README',
    ];
    const images = segments.map((segment, index) => imageOf(index, segment));
    expect(linesOf(planIn(emptyWorld(), images))).toEqual([
      'rename portable-name Brand/sub-3/.._.._etc_passwd',
      'rename portable-name Brand/sub-3/CON_.png',
      'fetch new Brand/sub-3/a b.png',
      'fetch new Brand/sub-3/Caf\u00e9.png',
      'rename same-name Brand/sub-3/Caf\u00e9 (1).png',
      `rename portable-name Brand/sub-3/${'x'.repeat(251)}.png`,
      'rename portable-name Brand/sub-3/photognp.jpg',
      'rename portable-name Brand/sub-3/a_b.png',
      'fetch new Brand/sub-3/bad%escape',
      'fetch new Brand/sub-3/q.png',
      'fetch new Brand/sub-3/IMG.jpg',
      'rename same-name Brand/sub-3/img (1).jpg',
      'fetch new Brand/sub-3/README',
    ]);
  });

  it('lets two folders have the same name each, and one folder not', () => {
    const images = [imageOf(1, 'same.png'), imageOf(2, 'same.png', { folder: 'sub-4' })];
    expect(linesOf(planIn(emptyWorld(), images))).toEqual([
      'fetch new Brand/sub-3/same.png',
      'fetch new Brand/sub-4/same.png',
    ]);
    expect(linesOf(planIn(emptyWorld(), images, flat))).toEqual([
      'fetch new same.png',
      'rename same-name same (1).png',
    ]);
  });

  it('leaves to images the numbered names that are their own', () => {
    const images = ['a.png', 'A.PNG', 'a%20(1).png', 'a.png'].map((segment, index) => imageOf(index, segment));
    expect(linesOf(planIn(emptyWorld(), images, flat))).toEqual([
      'fetch new a.png',
      'rename same-name A (2).png',
      'fetch new a (1).png',
      'rename same-name a (3).png',
    ]);
  });

  it('keeps a file apart from a folder of its name, within the plan and on disk', () => {
    const byFolder = { template: templateOf('[{tag}/]{name}') };
    const images = [
      imageOf(1, 'a'),
      imageOf(2, 'b', { tags: ['A'] }),
      imageOf(3, 'c', { tags: ['x'] }),
      imageOf(4, 'X'),
    ];
    expect(linesOf(planIn(emptyWorld(), images, byFolder))).toEqual([
      'fetch new a',
      'rename same-name A (1)/b',
      'fetch new x/c',
      'rename same-name X (1)',
    ]);
    const world = emptyWorld({ A: 'a file', 'x/y': 'in a folder' });
    expect(linesOf(planIn(world, images.slice(1), byFolder))).toEqual([
      'rename kept-beside A (1)/b',
      'fetch new x/c',
      'rename same-name X (1)',
    ]);
    for (const policy of ['overwrite', 'skip-existing', 'keep-both'] as const) {
      expect(linesOf(planIn(world, [imageOf(4, 'X')], { ...byFolder, policy }))).toEqual(['rename kept-beside X (1)']);
    }
  });

  it('never enters, compares with or replaces what is neither file nor folder', () => {
    const link = (folder: string): readonly DiskEntry[] => (folder === '' ? [{ name: 'sub-3', kind: 'other' }] : []);
    for (const policy of ['overwrite', 'skip-identical', 'skip-existing', 'keep-both'] as const) {
      const more = { policy, disk: { entries: link } };
      const inFolder = planIn(emptyWorld(), [imageOf(1, 'a.png')], {
        ...more,
        template: templateOf('{folder}/{name}'),
      });
      expect(linesOf(inFolder)).toEqual(['rename kept-beside sub-3 (1)/a']);
      expect(linesOf(planIn(emptyWorld(), [imageOf(1, 'SUB-3')], { ...more, ...flat }))).toEqual([
        'rename kept-beside SUB-3 (1)',
      ]);
    }
  });

  it('leaves the manifest and the checksums alone', () => {
    const images = ['SHA256SUMS', 'sha256sums', 'manifest.json'].map((segment, index) => imageOf(index, segment));
    const world = emptyWorld({ SHA256SUMS: 'ours', 'manifest.json': 'ours' });
    expect(linesOf(planIn(world, images, { ...flat, includeOther: true, policy: 'overwrite' }))).toEqual([
      'rename kept-beside SHA256SUMS (1)',
      'rename kept-beside sha256sums (2)',
      'rename kept-beside manifest (1).json',
    ]);
    expect(linesOf(planIn(world, images.slice(0, 1)))).toEqual(['fetch new Brand/sub-3/SHA256SUMS']);
  });

  it('merges folders that differ in case alone, as the disk or the first image spells them', () => {
    const images = [imageOf(1, 'a.png', { account: 'brand' }), imageOf(2, 'A.png', { account: 'BRAND' })];
    const template = templateOf('{account}/{name}.{ext}');
    expect(linesOf(planIn(emptyWorld(), images, { template }))).toEqual([
      'fetch new brand/a.png',
      'rename same-name brand/A (1).png',
    ]);
    expect(linesOf(planIn(emptyWorld({ 'Brand/A.PNG': 'x' }), images, { template }))).toEqual([
      'rename compared Brand/A.PNG or Brand/a (1).png',
      'rename same-name Brand/A (2).png',
    ]);
  });

  it('reports a changed folder as a note, since it concerns every file in it', () => {
    const plan = planIn(emptyWorld(), [imageOf(1, 'a.png', { account: 'AUX' })]);
    expect(plan.items[0]).toMatchObject({ action: 'fetch', reason: 'new', notes: ['portable-name'] });
  });
});

describe('policies, where a file of the name is there, and others', () => {
  it('reserve no number that is the name of an image', () => {
    const images = [imageOf(1, 'a.png'), imageOf(2, 'a%20(1).png')];
    expect(linesOf(planIn(emptyWorld({ 'a.png': 'x' }), images, flat))).toEqual([
      'fetch compared a.png or a (2).png',
      'fetch new a (1).png',
    ]);
  });
});

describe('policies, where a file of the name is there', () => {
  const images = [imageOf(1, 'A.png'), imageOf(2, 'a.png'), imageOf(3, 'b.png')];
  const world = emptyWorld({ 'a.png': 'x', 'A (1).png': 'y' });

  it.each([
    [
      'skip-identical',
      ['rename compared a.png or A (2).png', 'rename compared A (1).png or a (3).png', 'fetch new b.png'],
    ],
    ['keep-both', ['rename kept-beside A (2).png', 'rename same-name a (3).png', 'fetch new b.png']],
    ['overwrite', ['rename overwritten a.png', 'rename same-name a (2).png', 'fetch new b.png']],
    ['skip-existing', ['skip exists a.png', 'skip exists A (1).png', 'fetch new b.png']],
  ] as const)('%s', (policy, lines) => {
    const plan = planIn(world, images, { ...flat, policy });
    expect(linesOf(plan)).toEqual(lines);
  });
});

describe('what was saved before', () => {
  const one = (records: readonly RecordedFile[], more: Parameters<typeof planIn>[2] = {}, files = {}) =>
    linesOf(planIn(emptyWorld(files), [imageOf(1, 'a.png')], { ...flat, recorded: () => records, ...more }))[0];

  it('is skipped where it stands, under every policy', () => {
    for (const policy of ['skip-identical', 'keep-both', 'overwrite', 'skip-existing'] as const) {
      const records = [{ relativePath: 'a (2).png', ...stands }];
      expect(one(records, { policy }, { 'a (2).png': 'x' })).toBe('skip saved a (2).png');
    }
  });

  it.each([
    ['skip-identical', 'fetch changed a.png or a (1).png'],
    ['keep-both', 'rename changed a (1).png'],
    ['overwrite', 'fetch changed a.png'],
    ['skip-existing', 'skip exists a.png'],
  ] as const)('is, where the image changed and the policy is %s: %s', (policy, line) => {
    const records = [{ relativePath: 'a.png', stillStands: true, urlOrSizeChanged: true }];
    expect(one(records, { policy }, { 'a.png': 'old' })).toBe(line);
  });

  it('is fetched again to where it was, when the file went', () => {
    const records = [{ relativePath: 'a (1).png', stillStands: false, urlOrSizeChanged: false }];
    expect(one(records)).toBe('rename missing a (1).png');
    expect(one(records, {}, { 'a (1).png': 'edited' })).toBe('rename compared a (1).png or a (2).png');
  });

  it('counts only where this template would put it', () => {
    for (const relativePath of ['b.png', 'a.jpg', 'sub-3/a.png', 'a (x).png', '../a.png', '']) {
      expect(one([{ relativePath, ...stands }])).toBe('fetch new a.png');
    }
  });

  it('takes the file that stands of several, and the newest of those', () => {
    const lost = { stillStands: false, urlOrSizeChanged: false };
    const records = [
      { relativePath: 'a.png', ...lost },
      { relativePath: 'a (3).png', ...stands },
      { relativePath: 'a (2).png', ...stands },
    ];
    expect(one(records)).toBe('skip saved a (3).png');
  });

  it('claims its path before any newcomer, and never twice', () => {
    const world = emptyWorld({ 'a.png': 'x' });
    const images = [imageOf(1, 'a.png'), imageOf(2, 'a.png'), imageOf(3, 'A.png')];
    const recorded = ({ id }: { id: number }) => (id === 1 ? [] : [{ relativePath: 'a.png', ...stands }]);
    expect(linesOf(planIn(world, images, { ...flat, recorded }))).toEqual([
      'rename same-name a (1).png',
      'skip saved a.png',
      'rename same-name A (2).png',
    ]);
  });
});

describe('reasons and sums', () => {
  it('leaves out what is no picture, and counts what is fetched', () => {
    const images = [
      imageOf(1, 'a.png', { sizeText: '2 KB' }),
      imageOf(2, 'b.csv', { sizeText: '9 MB' }),
      imageOf(3, 'c.png', { sizeText: 'big' }),
      imageOf(4, 'd.png', { sizeText: '1 KB', exactBytes: 1000 }),
      imageOf(5, 'e'),
    ];
    const plan = planIn(emptyWorld(), images, flat);
    expect(linesOf(plan)).toEqual([
      'fetch new a.png',
      'skip other-file -',
      'fetch new c.png',
      'fetch new d.png',
      'fetch new e',
    ]);
    expect(plan).toMatchObject({
      files: 4,
      totals: { new: 4, 'other-file': 1 },
      bytes: { low: 1536 + 1000 + 5, high: 2559 + 1000 + 5, unknown: 1 },
    });
    expect(plan.items[2]?.expectedBytes).toBeNull();
    expect(linesOf(planIn(emptyWorld(), images, { ...flat, includeOther: true }))[1]).toBe('fetch new b.csv');
  });

  it('numbers with {index} what is fetched or there, without gaps', () => {
    const images = [imageOf(1, 'a.png'), imageOf(2, 'b.csv'), imageOf(3, 'c.png')];
    const plan = planIn(emptyWorld(), images, { template: templateOf('{index:00}.{ext}') });
    expect(plan.items.map((item) => item.relativePath)).toEqual(['01.png', null, '02.png']);
  });

  it('tries again what failed, and what the API no longer lists, and says so', () => {
    const images = [imageOf(1, 'a.png'), imageOf(2, 'b.png', { gone: true }), imageOf(3, 'CON.png', { gone: true })];
    const plan = planIn(emptyWorld(), images, { ...flat, failedBefore: ({ id }) => id !== 2 });
    expect(linesOf(plan)).toEqual(['fetch failed-before a.png', 'fetch gone b.png', 'rename portable-name CON_.png']);
    expect(plan.items.map((item) => item.notes)).toEqual([
      ['failed-before'],
      ['gone'],
      ['gone', 'failed-before', 'portable-name'],
    ]);
    expect(plan.notes).toEqual({ duplicate: 0, gone: 2, 'failed-before': 2, 'portable-name': 1 });
  });

  it('notes likely duplicates after the first', () => {
    const hash = 'ab'.repeat(32);
    const images = [
      imageOf(1, 'a.png', { sizeText: '5 KB' }),
      imageOf(2, 'a%20(1).png', { sizeText: '5 KB' }),
      imageOf(3, 'a%20(2).png', { sizeText: '6 KB' }),
      imageOf(4, 'b.png', { sha256: hash }),
      imageOf(5, 'c.png', { sha256: hash }),
      imageOf(6, 'b.png', { sha256: 'cd'.repeat(32), sizeText: '4 bytes' }),
      imageOf(7, 'z.png', { duplicate: true }),
    ];
    const noted = planIn(emptyWorld(), images).items.filter((item) => item.notes.includes('duplicate'));
    expect(noted.map((item) => item.id)).toEqual([2, 5, 7]);
  });
});
