import { readFileSync } from 'node:fs';
import type { CustomScheme } from 'electron';
import { describe, expect, test } from 'vitest';
import { registerScheme } from '../../../main/hosts/electron/security/register-scheme.ts';
import { backgrounds } from '../../../main/hosts/electron/window/browser-window.ts';
import { imagePolicy, securityHeaders } from '../../../main/hosts/shared/page/security-headers.ts';

describe('what every page in the window is held to', () => {
  const headers = securityHeaders(new URL('app://contact-sheet/'));

  test('is its own scripts, styles and pictures, no markup as text, and nobody else', () => {
    expect(headers['Content-Security-Policy']?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types svelte-trusted-html',
    ]);
  });

  test('is said with the other headers that keep pages apart', () => {
    expect(headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    for (const feature of ['camera', 'microphone', 'geolocation', 'usb', 'serial', 'hid', 'display-capture']) {
      expect(headers['Permissions-Policy']).toContain(`${feature}=()`);
    }
    expect(imagePolicy).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  });
});

test('our scheme is a standard and secure origin that no policy is waived for', () => {
  const registered: CustomScheme[] = [];
  registerScheme({ registerSchemesAsPrivileged: (schemes) => void registered.push(...schemes) });
  expect(registered).toEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
});

describe('the window’s colour before its first paint', () => {
  const css = readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8');

  test('is the interface’s background in each theme', () => {
    const [, light = '', dark = ''] = /--background: light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/u.exec(css) ?? [];
    expect([light, dark].map(toHex)).toEqual([backgrounds.light, backgrounds.dark]);
    const contrast = css.slice(css.indexOf("[data-theme='contrast']"));
    expect(/--background: (#[\da-f]+);/u.exec(contrast)?.[1]).toBe('#000');
    expect(backgrounds.contrast).toBe('#000000');
  });
});

/** Converts `oklch(L C H)` to sRGB, by the definition of the colour space. */
function toHex(text: string): string {
  const [lightness = 0, chroma = 0, hue = 0] = text.split(/\s+/u).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const channels = linear.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(Math.min(1, Math.max(0, encoded)) * 255);
  });
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
