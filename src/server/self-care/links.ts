import type { Language } from '#core/domain/common.ts';
import type { PortalSection } from '#core/domain/portal.ts';
import { randomToken, tokenHash } from '../access/tokens.ts';
import { type BaseContext, type CommandContext, systemActor } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { openPortalSession, sessionLives } from './sessions.ts';

/** How long an address that lets somebody in may wait to be opened (contract.md). */
export const LINK_MINUTES = 5;

export interface NewLink {
  readonly mode: 'link' | 'impersonation';
  readonly customerId: number;
  readonly contactId: number | null;
  readonly impersonationId?: string | null;
  readonly language?: Language | null;
  readonly section?: PortalSection | null;
}

/** Makes an address that lets somebody in once, within 5 minutes. Gives its path and query on central. */
export async function createLink(
  { tx, clock }: Pick<CommandContext, 'tx' | 'clock'>,
  { impersonationId = null, language = null, section = null, ...link }: NewLink,
): Promise<{ path: string; expiresAt: Date }> {
  const token = randomToken('cpl');
  const createdAt = clock.now();
  const expiresAt = new Date(createdAt.getTime() + LINK_MINUTES * 60_000);
  await tx
    .insertInto('portalLinks')
    .values({ ...link, impersonationId, language, section, hash: tokenHash(token), createdAt, expiresAt, usedAt: null })
    .execute();
  return { path: `/portal/enter?link=${token}`, expiresAt };
}

export interface Entered {
  readonly token: string;
  readonly section: PortalSection | null;
}

/**
 * Opens the session that a link stands for. Two that open it at once: one gets in. Throws link_gone, also when what it
 * stands for is over or is for another view than the one that opens it.
 */
export async function enterByLink(base: BaseContext, token: string, viewKey: string | undefined): Promise<Entered> {
  return inTransaction(base, systemActor, async (context) => {
    const { tx, clock } = context;
    const now = clock.now();
    const link = await tx
      .selectFrom('portalLinks')
      .leftJoin('impersonations as imp', 'imp.id', 'portalLinks.impersonationId')
      .selectAll('portalLinks')
      .select(['imp.accountId', 'imp.viewHash', 'imp.endedAt as impEndedAt', 'imp.expiresAt as impExpiresAt'])
      .where('hash', '=', tokenHash(token))
      .forUpdate('portalLinks')
      .executeTakeFirst();
    if (!link || link.usedAt !== null || link.expiresAt <= now) throw fail('link_gone');
    const isImpersonation = link.mode === 'impersonation';
    if (isImpersonation && (link.impEndedAt !== null || link.impExpiresAt === null)) throw fail('link_gone');
    if (link.viewHash !== null && (viewKey === undefined || tokenHash(viewKey) !== link.viewHash))
      throw fail('link_gone');
    await tx.updateTable('portalLinks').set({ usedAt: now }).where('hash', '=', link.hash).execute();
    const accountId = isImpersonation ? link.accountId : await accountOf(context, link.contactId);
    const session = await openPortalSession(context, {
      ...{ mode: link.mode, customerId: link.customerId, contactId: link.contactId, accountId },
      ...{ impersonationId: link.impersonationId, language: link.language, life: sessionLives[link.mode] },
      notAfter: link.impExpiresAt ?? undefined,
    });
    context.audit({
      action: isImpersonation ? 'impersonation.entered' : 'portal.entered_by_link',
      subject: { type: 'customer', id: link.customerId },
      customerId: link.customerId,
      detail: { ip: base.ip, impersonationId: link.impersonationId },
    });
    return { token: session.token, section: link.section };
  });
}

/** The account of a contact who may sign in. */
async function accountOf({ tx }: CommandContext, contactId: number | null): Promise<number | null> {
  if (contactId === null) return null;
  const found = await tx
    .selectFrom('portalAccounts')
    .select('id')
    .where('contactId', '=', contactId)
    .where('enabled', '=', true)
    .executeTakeFirst();
  return found?.id ?? null;
}
