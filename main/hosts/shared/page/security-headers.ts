/** Everything that a page may do: its own scripts, styles and pictures, and talking to the host that it came from. */
function contentPolicy(socketOrigin: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    // Not every browser takes a WebSocket to the page's own origin for 'self'.
    `connect-src 'self'${socketOrigin === undefined ? '' : ` ${socketOrigin}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types svelte-trusted-html',
  ].join('; ');
}

/** A picture opened as a page of its own runs nothing and loads nothing, were it an SVG full of scripts. */
export const imagePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const refusedFeatures = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'hid', 'magnetometer'],
  ...['microphone', 'midi', 'payment', 'publickey-credentials-get', 'screen-wake-lock', 'serial', 'usb'],
];

/**
 * What every answer says, in the window and in a browser alike. `url` is the request's: over http the page may open a
 * WebSocket to the same host.
 */
export function securityHeaders(url: URL): Record<string, string> {
  return {
    'Content-Security-Policy': contentPolicy(url.protocol === 'http:' ? `ws://${url.host}` : undefined),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': refusedFeatures.map((feature) => `${feature}=()`).join(', '),
  };
}
