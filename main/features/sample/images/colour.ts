import type { Random } from '../randomness.ts';

/** `#rrggbb` of a colour in OKLCH: lightness 0 to 1, chroma about 0 to 0.3, hue in degrees. */
export function colour(lightness: number, chroma: number, hue: number): string {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return `#${channels.map(hexOf).join('')}`;
}

function hexOf(linear: number): string {
  const clamped = Math.min(1, Math.max(0, linear));
  const encoded = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * clamped ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255)
    .toString(16)
    .padStart(2, '0');
}

/** Colours that go together: a main hue and one or two others at a pleasant distance. */
export type Palette = {
  readonly hue: number;
  readonly secondHue: number;
  readonly thirdHue: number;
  readonly paper: string;
  readonly light: string;
  readonly mid: string;
  readonly deep: string;
  readonly ink: string;
  readonly accent: string;
  readonly second: string;
  readonly third: string;
};

export function drawPalette(random: Random): Palette {
  const hue = random.between(0, 360);
  const secondHue = hue + random.pick([32, 50, 110, 150, 180, 210]) + random.between(-12, 12);
  const thirdHue = hue + random.pick([-40, -70, 90, 240]) + random.between(-12, 12);
  return {
    hue,
    secondHue,
    thirdHue,
    paper: colour(0.975, 0.012, hue),
    light: colour(0.86, 0.085, hue),
    mid: colour(0.66, 0.14, hue),
    deep: colour(0.42, 0.11, hue),
    ink: colour(0.28, 0.04, hue),
    accent: colour(0.62, 0.19, secondHue),
    second: colour(0.72, 0.14, secondHue),
    third: colour(0.76, 0.13, thirdHue),
  };
}
