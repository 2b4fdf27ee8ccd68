import type { ColumnType, Generated } from 'kysely';
import type { Language } from '#core/domain/languages.ts';
import type { NotificationPreferences, PortalMode, PortalSection } from '#core/domain/portal.ts';

export interface PortalTables {
  /** A signed-in customer, somebody let in by a link, or staff who look through a customer's eyes. */
  portalSessions: {
    id: string;
    /** SHA-256 of the cookie, hex. */
    tokenHash: string;
    mode: PortalMode;
    customerId: number;
    contactId: number | null;
    accountId: number | null;
    impersonationId: string | null;
    language: Language | null;
    /** The browser's own words, cut. */
    device: string;
    ip: string;
    createdAt: Date;
    lastSeenAt: Date;
    expiresAt: Date;
    /** Null: it lives until `expiresAt`, used or not. */
    idleSeconds: number | null;
    endedAt: Date | null;
    endReason: string | null;
  };
  /** Addresses that let somebody in once. */
  portalLinks: {
    hash: string;
    mode: 'link' | 'impersonation';
    customerId: number;
    contactId: number | null;
    impersonationId: string | null;
    language: Language | null;
    section: PortalSection | null;
    createdAt: Date;
    expiresAt: Date;
    usedAt: Date | null;
  };
  notificationPreferences: {
    owner: `contact:${number}` | `customer:${number}`;
    preferences: ColumnType<NotificationPreferences, string, string>;
    changedAt: Date;
  };
  portalApiKeys: {
    id: Generated<number>;
    customerId: number;
    name: string;
    /** SHA-256 of the key, hex. */
    hash: string;
    hint: string;
    access: 'read' | 'read_write';
    createdBy: number | null;
    createdAt: Date;
    expiresAt: Date | null;
    revokedAt: Date | null;
    lastUsedAt: Date | null;
  };
  /** Staff looking through a customer's eyes (IM-1 to IM-10). */
  impersonations: {
    id: string;
    userId: number;
    /** The sign-in it hangs on. */
    staffSessionId: string | null;
    accountId: number;
    contactId: number;
    customerId: number;
    reason: string;
    /** SHA-256 of what the desk's own view sends with every request. */
    viewHash: string | null;
    createdAt: Date;
    expiresAt: Date;
    changesAllowedAt: Date | null;
    endedAt: Date | null;
    endReason: string | null;
  };
}
