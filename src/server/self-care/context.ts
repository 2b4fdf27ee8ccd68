import type { Language } from '#core/domain/languages.ts';
import type { PortalMode } from '#core/domain/portal.ts';
import type { AuditOrigin } from '../audit/write.ts';
import type { Actor, BaseContext, CommandContext } from '../context.ts';

/** Staff looking through the customer's eyes, as far as one request needs it. */
export interface LivingImpersonation {
  readonly id: string;
  readonly userId: number;
  readonly staffName: string;
  readonly reason: string;
  readonly expiresAt: Date;
  readonly changesAllowedAt: Date | null;
  /** Bound to the key of the desk's own view. */
  readonly inDesk: boolean;
}

/**
 * Who asks something of the portal. `customerId` is the only customer whose data this caller may see: every query of the
 * portal is bound to it.
 */
export interface PortalCaller {
  readonly mode: PortalMode | 'key';
  readonly customerId: number;
  readonly customerType: 'individual' | 'business';
  /** Null for a program's key, and for a link that names no contact. */
  readonly contactId: number | null;
  readonly accountId: number | null;
  /** Null for a program's key. */
  readonly session: {
    readonly id: string;
    readonly createdAt: Date;
    readonly lastSeenAt: Date;
    readonly expiresAt: Date;
    readonly idleSeconds: number | null;
  } | null;
  readonly impersonation: LivingImpersonation | null;
  /** A key that may write, or a session that is not reading only. */
  readonly mayChange: boolean;
  readonly language: Language;
  /** For the audit: the real person, and in whose name. */
  readonly actor: Actor;
  readonly effective: NonNullable<AuditOrigin['effective']> | null;
}

/** What every request to the portal starts with. */
export interface PortalBase extends BaseContext {
  /** Cookies go over TLS only, off the machine itself. */
  readonly secureCookies: boolean;
  /** False when another site's page sent this request. */
  readonly sameOrigin: boolean;
  /** Throws `unauthorized` for nobody known, `session_ended` for who was. */
  identifyCaller(): Promise<PortalCaller>;
}

export interface PortalQueryContext extends PortalBase {
  readonly caller: PortalCaller;
}

export interface PortalCommandContext extends CommandContext, PortalBase {
  readonly caller: PortalCaller;
}
