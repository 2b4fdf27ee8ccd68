import { randomBytes } from 'node:crypto';
import { type BaseContext, systemActor } from '../context.ts';
import { inTransaction } from '../http/transaction.ts';
import { createUser } from './users.ts';

export interface FirstAdmin {
  readonly email: string;
  /** Shown once, at this start; nobody can read it again. */
  readonly password: string;
}

/** Gives an installation without any staff its first administrator. Null when there is someone already, or no address. */
export async function ensureFirstAdmin(background: BaseContext, email: string | undefined): Promise<FirstAdmin | null> {
  return inTransaction(background, systemActor, async (context) => {
    const anyone = await context.tx.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (anyone || !email) return null;
    const password = `${randomBytes(12).toString('base64url')}aA1!`;
    await createUser(context, { name: 'Administrator', email, password, roles: ['admin'] });
    return { email, password };
  });
}
