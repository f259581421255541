/** Returns a page's policy: its own scripts, styles and images, and connections to its own host. */
function contentPolicy(socketOrigin: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    // Not every browser's 'self' includes a WebSocket to the page's own origin.
    `connect-src 'self'${socketOrigin === undefined ? '' : ` ${socketOrigin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ');
}

/** Policy of an image opened as a page: nothing runs or loads, even in an SVG full of scripts. */
export const imagePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const deniedFeatures = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
];

/**
 * Returns every response's headers, in the window and in a browser. `url` is the request's: over http the page may open
 * a WebSocket to the same host.
 */
export function securityHeaders(url: URL): Record<string, string> {
  return {
    'Content-Security-Policy': contentPolicy(url.protocol === 'http:' ? `ws://${url.host}` : undefined),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': deniedFeatures.map((feature) => `${feature}=()`).join(', '),
  };
}
