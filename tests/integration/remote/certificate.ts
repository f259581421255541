import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A test certificate and its key, as PEM. */
export type TestCertificate = { readonly cert: string; readonly key: string };
export type TestAuthority = TestCertificate & { readonly name: string; readonly privateKey: KeyObject };

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const long = size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...(size < 128 ? [size] : long)]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
const time = (date: Date): Buffer => der(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
const named = (name: string): Buffer => sequence(der(0x31, sequence(oid('550403'), text(name))));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));

function extension(id: string, content: Uint8Array, isCritical: boolean): Buffer {
  return sequence(oid(id), ...(isCritical ? [der(0x01, Buffer.from([255]))] : []), der(0x04, content));
}

function alternativeNames(names: readonly string[]): Buffer {
  const parts = names.map((name) =>
    /^[\d.]+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  return extension('551d11', sequence(...parts), false);
}

type Wanted = {
  readonly subject: string;
  readonly names: readonly string[];
  readonly issuer?: TestAuthority | undefined;
  readonly isAuthority?: boolean;
  /** In days from today. */
  readonly from?: number;
  readonly to?: number;
};

function make({ subject, names, issuer, isAuthority = false, from = -2, to = 30 }: Wanted): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const day = (offset: number): Date => new Date(Date.now() + offset * 86_400_000);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const basic = extension('551d13', isAuthority ? sequence(der(0x01, Buffer.from([255]))) : sequence(), true);
  const keyId = extension('551d0e', der(0x04, createHash('sha1').update(spki).digest()), false);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...createHash('sha1').update(spki).digest().subarray(0, 8)])),
    ecdsaWithSha256,
    named(issuer?.name ?? subject),
    sequence(time(day(from)), time(day(to))),
    named(subject),
    spki,
    der(0xa3, sequence(basic, keyId, ...(names.length > 0 ? [alternativeNames(names)] : []))),
  );
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n');
  return {
    name: subject,
    privateKey,
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export function makeAuthority(name: string): TestAuthority {
  return make({ subject: name, names: [], isAuthority: true });
}

/** Creates a server's certificate for these names, self-signed without an issuer. */
export function makeCertificate(
  names: readonly string[],
  issuer?: TestAuthority,
  days: { readonly from?: number; readonly to?: number } = {},
): TestCertificate {
  return make({ subject: names[0] ?? 'test', names, issuer, ...days });
}
