/**
 * The headers that a page cannot set for itself. This is their one home: our own server sends them with every answer,
 * and a build writes them to `_headers`, where static hosts look for them.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

/** The text of `_headers`: every path, and below it one header a line. */
export function headersFile(): string {
  return `/*\n${Object.entries(securityHeaders)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}`;
}
