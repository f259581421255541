import { trimCharacters } from '../text/trim-characters.ts';

/** QuestionPro's data centres: origins, not suffixes, as two of them live on other domains. */
export const dataCentres = [
  { id: 'us', name: 'United States', origin: 'https://api.questionpro.com' },
  { id: 'eu', name: 'Europe', origin: 'https://api.questionpro.eu' },
  { id: 'ca', name: 'Canada', origin: 'https://api.questionpro.ca' },
  { id: 'sg', name: 'Singapore', origin: 'https://api.questionpro.sg' },
  { id: 'au', name: 'Australia', origin: 'https://api.questionpro.au' },
  { id: 'ae', name: 'United Arab Emirates', origin: 'https://api.questionpro.ae' },
  { id: 'sa', name: 'SurveyAnalytics', origin: 'https://api.surveyanalytics.com' },
  { id: 'ksa', name: 'Saudi Arabia', origin: 'https://api.questionprosa.com' },
] as const;

/** The stable origin of the sample library; the gate leads it to the app's own server. */
export const sampleOrigin = 'http://sample.localhost';

export function isSampleHost(host: string): boolean {
  return host === 'sample.localhost';
}

/**
 * The origin that a data centre's id or a pasted address stands for, without path and default port; undefined for
 * what is neither. https anywhere, http on loopback only.
 */
export function parseDataCentre(text: string): string | undefined {
  const cleaned = trimCharacters(text.trim(), /['"`<>]/);
  const preset = dataCentres.find(({ id }) => id === cleaned.toLowerCase());
  if (preset) return preset.origin;
  const parts = /^(https?):\/\/(\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?)(?::(\d{1,5}))?(?:[/?#].*)?$/i.exec(
    cleaned,
  );
  const [, rawScheme = '', rawHost = '', rawPort] = parts ?? [];
  if (parts === null || Number(rawPort ?? 0) > 65_535) return undefined;
  const scheme = rawScheme.toLowerCase();
  const host = rawHost.toLowerCase();
  if (scheme === 'http' && !isLoopbackHost(host)) return undefined;
  const isDefaultPort = rawPort === undefined || Number(rawPort) === (scheme === 'http' ? 80 : 443);
  return `${scheme}://${host}${isDefaultPort ? '' : `:${Number(rawPort)}`}`;
}

/** By its name alone: `localhost`, what ends on it, 127.0.0.0/8 and ::1. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(name);
}

/** How an origin is called: its data centre's id, or the origin itself. */
export function dataCentreOf(origin: string): string {
  return dataCentres.find((centre) => centre.origin === origin)?.id ?? origin;
}
