import { oc } from '@orpc/contract';
import type { Permission } from '../domain/user.ts';
import { type ErrorCode, errorCatalogue } from './errors.ts';

/**
 * Who may call a route. `public` needs no token, `signed_in` any member of staff, `desk` an enrolled desk by its credential,
 * else the permission named.
 */
export type Access = 'public' | 'signed_in' | 'desk' | Permission;

export interface RouteMeta {
  /** A route without one does not start. */
  readonly access?: Access;
  /** True when the call changes something: it then takes an idempotency key, unless `keyless`. */
  readonly command?: boolean;
  /** A command that needs no Idempotency-Key header: repeating it is harmless by its nature (sign-in, release, demo). */
  readonly keyless?: boolean;
  /**
   * A command that makes its own transactions instead of running in one: long work (imports), or work that must be kept
   * when the answer is an error (sign-in). It must be harmless to run again after a crash.
   */
  readonly ownTransaction?: boolean;
  /** Open also to staff whose role forces two-factor sign-in and who have none yet: what they need to set it up. */
  readonly beforeEnrolment?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

function pick<C extends ErrorCode>(codes: readonly C[]): Pick<typeof errorCatalogue, C> {
  return Object.fromEntries(codes.map((code) => [code, errorCatalogue[code]])) as Pick<typeof errorCatalogue, C>;
}

const base = oc
  .$meta<RouteMeta>({})
  .errors(
    pick([
      'invalid_input',
      'unauthorized',
      'two_factor_needed',
      'forbidden',
      'not_found',
      'rate_limited',
      'internal_error',
      'unavailable',
      'idempotency_key_required',
      'idempotency_key_reused',
    ]),
  );

/** A route that only reads. */
export function query<C extends ErrorCode = never>(
  access: Access,
  path: `/${string}`,
  tag: string,
  summary: string,
  errors: readonly C[] = [],
  { beforeEnrolment = false }: Pick<RouteMeta, 'beforeEnrolment'> = {},
) {
  return base
    .route({ method: 'GET', path, tags: [tag], summary })
    .meta({ access, beforeEnrolment })
    .errors(pick(errors));
}

/** A route that changes something. POST needs an Idempotency-Key unless `keyless`; the others are idempotent as they are. */
export function command<C extends ErrorCode = never>(
  access: Access,
  route: {
    method: Exclude<Method, 'GET'>;
    path: `/${string}`;
    successStatus?: number;
    keyless?: boolean;
    ownTransaction?: boolean;
    beforeEnrolment?: boolean;
  },
  tag: string,
  summary: string,
  errors: readonly C[] = [],
) {
  const { method, path, successStatus = method === 'POST' ? 201 : 200, keyless = method !== 'POST' } = route;
  const { ownTransaction = false, beforeEnrolment = false } = route;
  return base
    .route({ method, path, successStatus, tags: [tag], summary })
    .meta({ access, command: true, keyless, ownTransaction, beforeEnrolment })
    .errors(pick(errors));
}

/** A method of the desk's own contract, which has no HTTP route. */
export function deskMethod<C extends ErrorCode = never>(
  access: Access,
  errors: readonly C[] = [],
  { beforeEnrolment = false }: Pick<RouteMeta, 'beforeEnrolment'> = {},
) {
  return base.meta({ access, beforeEnrolment }).errors(pick(errors));
}
