import type { FastifyReply } from 'fastify';

/** Whose pages may show the preview of the look: desks only, in either of their shells. It has no data of any customer. */
const DESKS = ['app://desk', 'http://127.0.0.1:*', 'http://localhost:*'];

/** Who may show a page of the portal in a frame, and what the page may do. */
export function setPagePolicy(reply: FastifyReply, frameOrigins: readonly string[], isPreview: boolean): void {
  const others = isPreview ? DESKS : frameOrigins;
  // The preview has nothing to ask of anybody.
  const connects = isPreview ? "'none'" : "'self'";
  reply.header('content-security-policy', policyFor(connects, ["'self'", ...others]));
  // The older header knows only "nobody else"; browsers that have both go by the policy.
  if (others.length === 0) reply.header('x-frame-options', 'SAMEORIGIN');
  else reply.removeHeader('x-frame-options');
}

/** The page runs its own scripts and styles only; styles of components are set by script, so they need no exception. */
function policyFor(connects: string, ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Mantine writes its variables into style elements and attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connects}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors.join(' ')}`,
  ].join('; ');
}
