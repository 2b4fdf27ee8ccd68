import type { Language } from '#core/domain/languages.ts';
import type { PortalMe } from '#core/domain/portal.ts';
import { changeCustomer } from '../customers/change.ts';
import { changeContact } from '../customers/contacts.ts';
import type { PortalCaller, PortalCommandContext } from './context.ts';
import { portalMe } from './me.ts';
import type { CsrfTokens } from './sessions.ts';

export interface AccountChange {
  readonly phone?: string | null | undefined;
  readonly language?: Language | undefined;
}

/**
 * Changes the phone of the contact who is signed in, of the customer where nobody in particular is, and the language of
 * pages and mail, which is the customer's.
 */
export async function changeAccount(
  context: PortalCommandContext,
  csrf: CsrfTokens,
  { phone, language }: AccountChange,
): Promise<PortalMe> {
  const { tx, caller, clock } = context;
  const { customerId, contactId } = caller;
  if (phone !== undefined && contactId !== null) await changeContact(context, { id: contactId, customerId, phone });
  const ofCustomer = { ...(phone !== undefined && contactId === null ? { phone } : {}), ...(language && { language }) };
  if (Object.keys(ofCustomer).length > 0) await changeCustomer(context, { id: customerId, ...ofCustomer });
  if (language !== undefined) await speak(context, caller, language);
  return portalMe(tx, csrf, { ...caller, language: language ?? caller.language }, clock.now());
}

/** A session that was opened in a language of its own speaks the chosen one from now on. */
async function speak({ tx }: PortalCommandContext, { session }: PortalCaller, language: Language): Promise<void> {
  if (session === null) return;
  await tx
    .updateTable('portalSessions')
    .set({ language })
    .where('id', '=', session.id)
    .where('language', 'is not', null)
    .execute();
}
