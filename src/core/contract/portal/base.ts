import { oc } from '@orpc/contract';
import { type ErrorCode, errorCatalogue } from '../errors.ts';

/**
 * Who may call a route of the portal. `public` needs no session; `session` one of a customer, or staff who look through a
 * customer's eyes; `account` also an account behind it.
 */
export type PortalAccess = 'public' | 'session' | 'account';

export interface PortalRouteMeta {
  /** A route without one does not start. */
  readonly portal?: PortalAccess;
  readonly command?: boolean;
  /** Whether a customer's own API key may call it: reading keys reach `read`, others also `write`. */
  readonly keys?: 'none' | 'read' | 'write';
  /** Never while staff look through the customer's eyes, whatever they may change otherwise (IM-9). */
  readonly sensitive?: boolean;
  /** Open also while an impersonation is reading only: its second step and its end. */
  readonly always?: boolean;
  readonly keyless?: boolean;
  readonly ownTransaction?: boolean;
}

function pick<C extends ErrorCode>(codes: readonly C[]): Pick<typeof errorCatalogue, C> {
  return Object.fromEntries(codes.map((code) => [code, errorCatalogue[code]])) as Pick<typeof errorCatalogue, C>;
}

const base = oc
  .$meta<PortalRouteMeta>({})
  .errors(
    pick([
      ...(['invalid_input', 'unauthorized', 'session_ended', 'forbidden', 'not_found', 'rate_limited'] as const),
      ...(['internal_error', 'unavailable', 'idempotency_key_required', 'idempotency_key_reused'] as const),
      ...(['csrf_failed', 'changes_not_allowed', 'not_while_impersonating', 'no_account'] as const),
    ]),
  );

interface Options<C extends ErrorCode> {
  readonly errors?: readonly C[];
  readonly keys?: 'none' | 'read';
  readonly sensitive?: boolean;
}

/** A route of the portal that only reads; open to the customer's API keys unless `keys: 'none'`. */
export function portalQuery<C extends ErrorCode = never>(
  portal: PortalAccess,
  path: `/${string}`,
  summary: string,
  { errors = [], keys = portal === 'session' ? 'read' : 'none', sensitive = false }: Options<C> = {},
) {
  return base
    .route({ method: 'GET', path, tags: ['Portal'], summary })
    .meta({ portal, keys, sensitive })
    .errors(pick(errors));
}

interface CommandOptions<C extends ErrorCode> {
  readonly errors?: readonly C[];
  readonly keys?: 'none' | 'write';
  readonly sensitive?: boolean;
  readonly always?: boolean;
  readonly successStatus?: number;
  /** A POST without Idempotency-Key: repeating it is harmless by its nature. */
  readonly keyless?: boolean;
  readonly ownTransaction?: boolean;
}

/** A route of the portal that changes something. Sessions send the CSRF header with it. */
export function portalCommand<C extends ErrorCode = never>(
  portal: PortalAccess,
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: `/${string}`,
  summary: string,
  options: CommandOptions<C> = {},
) {
  const { errors = [], keys = 'none', sensitive = false, always = false, ownTransaction = false } = options;
  const { successStatus = method === 'POST' ? 201 : 200, keyless = method !== 'POST' } = options;
  return base
    .route({ method, path, successStatus, tags: ['Portal'], summary })
    .meta({ portal, command: true, keys, sensitive, always, keyless, ownTransaction })
    .errors(pick(errors));
}
