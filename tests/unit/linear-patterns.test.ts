import { describe, expect, it } from 'vitest';
import { parseDataCentre } from '../../main/domain/account/data-centre.ts';
import { nameImage } from '../../main/domain/files/names.ts';
import { cleanKey, cleanUserId, readPastedAccount } from '../../main/domain/account/pasted-account.ts';
import { svgSize } from '../../main/domain/image-check/formats/svg-size.ts';
import { proxyFromEnvironment } from '../../main/adapters/network/proxy-environment.ts';
import { readApiError } from '../../main/adapters/remote/api/api-error.ts';

const length = 400_000;
const run = (piece: string): string => piece.repeat(length / piece.length);

/** Some of these took minutes or hours with a pattern that restarted at every character. */
describe('long texts made to be slow', () => {
  it.each([' ', '"', "'\u200b", ';,'])('are cleaned of %j around them', (piece) => {
    const long = `x${run(piece)}x`;
    expect(cleanKey(`${piece}${long}`)).toBe(long);
    expect(cleanUserId(long)).toBe(long);
    expect(readPastedAccount(long)).toBeUndefined();
    expect(readPastedAccount(`https://x.test/ api-key${run(' ')}x`)?.key).toBeUndefined();
  });

  it.each(['"', '>', 'a.', 'https://', '-'])('of %j are no data centre', (piece) => {
    expect(parseDataCentre(`https://x${run(piece)}!`)).toBeUndefined();
  });

  it.each([
    run('a'),
    run('a '),
    `a${run(' ')}`,
    run("a='"),
    run('a="'),
    `width="${run('1')}!"`,
    `width="${run('1').slice(0, length / 2)}${run(' ').slice(0, length / 2)}!"`,
    `width="1${run(' ')}!"`,
    `width="1${run('e')}!"`,
  ])('of a drawing’s root tag say no size', (tag) => {
    expect(svgSize(tag)).toEqual({ width: null, height: null });
  });

  it.each([run(':'), run('a:'), `[${run(':')}`, run('.')])('in NO_PROXY exclude nothing else', (entry) => {
    const environment = { HTTPS_PROXY: 'http://proxy.test', NO_PROXY: `${entry}!` };
    expect(proxyFromEnvironment(new URL('https://x.test'), environment)).toBe('http://proxy.test');
  });

  it.each(['"message"', '"message":', '"message":"', '"message" : "\\', '\\"', '"id": -'])(
    'of %j are read as an error body',
    (piece) => {
      expect(readApiError(run(piece)).id).toBeNull();
    },
  );

  it.each(['&', ';', ';x=', '&x=', '%3Fx='])('of %j behind a name are read as an address', (piece) => {
    expect(nameImage(`https://x.test/a.png;x=${run(piece)}%3F`).name).toMatch(/^a\.png;x=/);
    expect(nameImage(`https://x.test/a.png;x=${run(piece)}`).name).toMatch(/^a\.png/);
  });
});
