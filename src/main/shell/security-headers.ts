/** Whom the page may speak to besides its own files. */
interface PageLines {
  readonly centralUrl: string;
  readonly socket?: string;
}

/**
 * What the desk's page may do, the same in both shells: its own files only, nothing from elsewhere, no inline script.
 * Styles may be inline, because the component library writes them into the page. Documents for print are blobs in a
 * frame; the only page in a frame is central's, which shows the look of the portal. `socket` is the browser shell's
 * WebSocket.
 */
export function contentSecurityPolicy({ centralUrl, socket }: PageLines): string {
  const rules: Record<string, string> = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'media-src': "'self' data: blob:",
    'connect-src': socket === undefined ? "'self'" : `'self' ${socket}`,
    'frame-src': `blob: ${originOf(centralUrl)}`,
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** Nothing for an address that is none: the desk says so when it starts. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}

/**
 * Not among them is the policy for openers, which only the browser shell needs: in Electron no page can open or be opened
 * by another, and the header would have Chromium start a second process for the page when its first one is ready.
 */
export function securityHeaders(lines: PageLines): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(lines),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
