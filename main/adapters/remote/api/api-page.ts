import { z } from 'zod';
import type { ListedImage } from '../../../domain/image/image.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { briefJson } from './brief-json.ts';
import { createKeyDetector } from '../redact/key-spellings.ts';
import { redact } from '../redact/redact.ts';

/** A record that is no image, kept so that it can be shown. `raw` is its JSON text, cut at 2,000 characters. */
export type MalformedRecord = {
  /** Its imageID where at least that could be read. */
  readonly id: number | null;
  /** Its place on the page, from 0. */
  readonly index: number;
  readonly raw: string;
  readonly why: string;
};

/** One page of the list. */
export type ApiPage = {
  /** The page that was asked for, from 1: what the server echoes is no position. */
  readonly page: number;
  /** As the server echoes it, whatever was asked for. */
  readonly perPage: number;
  readonly totalItems: number;
  /** The page has records, and the server's number of pages is absent or greater. */
  readonly hasMore: boolean;
  readonly images: readonly ListedImage[];
  readonly malformed: readonly MalformedRecord[];
};

const rawLimit = 2_000;
/** A hundred is what the API gives; a page of millions would be an attack. */
const recordLimit = 10_000;
const urlLimit = 8_192;
const sizeLimit = 256;

/** A number, or one in quotes as other endpoints of this API write them. */
const wholeNumber = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,16}$/)
        .transform(Number),
    ],
    { error: 'is no whole number' },
  )
  .refine((value) => Number.isSafeInteger(value) && value >= 0, 'is no whole number');

const RecordSchema = z.object({
  imageID: wholeNumber,
  imageURL: z.string('is no text').min(1, 'is empty').max(urlLimit, `is longer than ${urlLimit} characters`),
  // What an image weighs is no reason to lose it.
  size: z
    .union([z.string(), z.number().transform(String)])
    .transform((text) => text.slice(0, sizeLimit))
    .catch(''),
});

const PageSchema = z.object({
  response: z.array(z.unknown()).max(recordLimit),
  pagination: z.object({
    totalItems: wholeNumber,
    perPage: wholeNumber
      .refine((value) => value >= 1)
      .optional()
      .catch(undefined),
    totalPages: wholeNumber.optional().catch(undefined),
  }),
});

function malformed(record: unknown, index: number, why: string, key: string): MalformedRecord {
  const id = isRecord(record) ? wholeNumber.safeParse(record['imageID']).data : undefined;
  return { id: id ?? null, index, raw: redact(briefJson(record, rawLimit), [key], rawLimit), why };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reasons(record: unknown, issues: readonly z.core.$ZodIssue[]): string {
  if (!isRecord(record)) return 'It is no record at all';
  return issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
}

export type AskedPage = { readonly page: number; readonly perPage: number; readonly key: string };

/**
 * Reads a page from parsed JSON. `asked` stands in for what the server does not echo. Fails only where it is no page at
 * all: a malformed record loses no other. The links in it are not even looked at.
 */
export function parsePage(json: unknown, asked: AskedPage): Result<ApiPage, 'no-page'> {
  const parsed = PageSchema.safeParse(json);
  if (!parsed.success) return fail('no-page');
  const { response, pagination } = parsed.data;
  const holdsKey = createKeyDetector([asked.key]);
  const images: ListedImage[] = [];
  const bad: MalformedRecord[] = [];
  for (const [index, record] of response.entries()) {
    const read = RecordSchema.safeParse(record);
    if (!read.success) {
      bad.push(malformed(record, index, reasons(record, read.error.issues), asked.key));
    } else if (holdsKey(read.data.imageURL)) {
      // It would carry the key to the image's host.
      bad.push(malformed(record, index, 'imageURL holds the API key', asked.key));
    } else if (holdsKey(read.data.size)) {
      bad.push(malformed(record, index, 'size holds the API key', asked.key));
    } else {
      const { imageID, imageURL, size } = read.data;
      // A lone surrogate would come back changed from every database and bridge.
      images.push({ id: imageID, url: imageURL.toWellFormed(), sizeText: size.toWellFormed() });
    }
  }
  const hasMore = response.length > 0 && (pagination.totalPages ?? Infinity) > asked.page;
  return ok({
    page: asked.page,
    hasMore,
    perPage: pagination.perPage ?? asked.perPage,
    totalItems: pagination.totalItems,
    images,
    malformed: bad,
  });
}
