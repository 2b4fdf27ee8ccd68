/**
 * What the desk's page may do, the same in both shells: its own files only, nothing from elsewhere, no inline script.
 * Styles may be inline, because the component library writes them into the page. Documents for print are blobs in a
 * frame. `socket` is the browser shell's WebSocket.
 */
export function contentSecurityPolicy(socket?: string): string {
  const rules: Record<string, string> = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'media-src': "'self' data: blob:",
    'connect-src': socket === undefined ? "'self'" : `'self' ${socket}`,
    'frame-src': 'blob:',
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

export function securityHeaders(socket?: string): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(socket),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  };
}
