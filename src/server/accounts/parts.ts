import type { Actor } from '../context.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Person } from './owners.ts';
import type { TwoFactors } from './two-factor.ts';

/** What signing in and its protection need besides a request's context. */
export interface AccountParts {
  readonly mailer: Mailer;
  readonly factors: TwoFactors;
  publicUrl(): string;
  /** Looks at once who asked for a password link. */
  wake(): void;
}

/** A person as the one who acts. */
export function actorOf({ door, id, contactId, name }: Person): Actor {
  const kind = door === 'staff' ? 'user' : 'contact';
  return { kind, id: contactId ?? id, name, permissions: [], storeId: null };
}

/** Whom an audit line is about. */
export function subjectOf({ door, id, contactId, customerId }: Person) {
  return door === 'staff'
    ? { subject: { type: 'user', id } }
    : { subject: { type: 'contact', id: contactId ?? id }, customerId };
}

/** Where somebody chooses a new password. The token is in the part of the address that no server gets to see. */
export const resetLink = (publicUrl: string, token: string) => `${publicUrl}/portal/reset#token=${token}`;
export const verifyLink = (publicUrl: string, token: string) => `${publicUrl}/portal/verify-email#token=${token}`;
export const forgotLink = (publicUrl: string) => `${publicUrl}/portal/forgot`;
