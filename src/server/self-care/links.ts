import type { Language } from '#core/domain/languages.ts';
import type { PortalSection } from '#core/domain/portal.ts';
import { randomToken, tokenHash } from '../access/tokens.ts';
import { type BaseContext, type CommandContext, systemActor } from '../context.ts';
import { fail } from '../http/errors.ts';
import { inTransaction } from '../http/transaction.ts';
import { whyImpersonationOver } from '../impersonations/over.ts';
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
 * stands for is over or is for another view than the one that opens it; for a link that was once given, the audit has who
 * came with it and why they were turned away.
 */
export async function enterByLink(base: BaseContext, token: string, viewKey: string | undefined): Promise<Entered> {
  const entered = await inTransaction(base, systemActor, async (context) => {
    const link = await lockLink(context, token);
    if (!link) return null;
    const refused = whyRefused(link, viewKey, context.clock.now());
    if (refused === null) return enter(context, link);
    context.audit({ ...aboutLink(context, link, 'link_refused', { refused }), ...(await effectiveOf(context, link)) });
    return null;
  });
  if (entered === null) throw fail('link_gone');
  return entered;
}

function lockLink({ tx }: CommandContext, token: string) {
  return tx
    .selectFrom('portalLinks')
    .innerJoin('customers', 'customers.id', 'portalLinks.customerId')
    .leftJoin('impersonations as imp', 'imp.id', 'portalLinks.impersonationId')
    .leftJoin('portalAccounts as account', 'account.id', 'imp.accountId')
    .leftJoin('users', 'users.id', 'imp.userId')
    .leftJoin('sessions as staffSession', 'staffSession.id', 'imp.staffSessionId')
    .selectAll('portalLinks')
    .select('customers.status as customerStatus')
    .select(['imp.accountId', 'imp.userId', 'imp.viewHash', 'imp.endedAt as impEndedAt', 'imp.endReason'])
    .select(['imp.expiresAt as impExpiresAt', 'imp.createdAt as impCreatedAt', 'account.enabled as accountEnabled'])
    .select(['users.name as staffName', 'users.enabled as staffEnabled', 'users.roles as staffRoles'])
    .select('staffSession.endedAt as staffEndedAt')
    .where('hash', '=', tokenHash(token))
    .forUpdate('portalLinks')
    .executeTakeFirst();
}
type LinkRow = NonNullable<Awaited<ReturnType<typeof lockLink>>>;

function whyRefused(link: LinkRow, viewKey: string | undefined, now: Date): string | null {
  if (link.usedAt !== null) return 'used';
  if (link.expiresAt <= now) return 'lapsed';
  if (link.mode !== 'impersonation') return isGone(link) ? 'customer_not_open' : null;
  if (link.impExpiresAt === null || link.impCreatedAt === null) return 'over';
  const line = { ...link, endedAt: link.impEndedAt, expiresAt: link.impExpiresAt, lastActAt: link.impCreatedAt };
  if (whyImpersonationOver(line, now) !== null) return 'over';
  if (link.viewHash === null) return null;
  return viewKey !== undefined && tokenHash(viewKey) === link.viewHash ? null : 'other_view';
}

/** A customer who is suspended still gets in: they have to pay. */
function isGone({ customerStatus }: LinkRow): boolean {
  return customerStatus === 'closed' || customerStatus === 'archived';
}

async function enter(context: CommandContext, link: LinkRow): Promise<Entered> {
  const { tx, clock } = context;
  await tx.updateTable('portalLinks').set({ usedAt: clock.now() }).where('hash', '=', link.hash).execute();
  const isImpersonation = link.mode === 'impersonation';
  const accountId = isImpersonation ? link.accountId : await accountOf(context, link.contactId);
  const session = await openPortalSession(context, {
    ...{ mode: link.mode, customerId: link.customerId, contactId: link.contactId, accountId },
    ...{ impersonationId: link.impersonationId, language: link.language, life: sessionLives[link.mode] },
    notAfter: link.impExpiresAt ?? undefined,
  });
  context.audit({
    ...aboutLink(context, link, isImpersonation ? 'entered' : 'entered_by_link'),
    ...(link.userId === null ? {} : { actor: { kind: 'user', id: link.userId, name: link.staffName ?? '' } }),
    ...(await effectiveOf(context, link)),
  });
  return { token: session.token, section: link.section };
}

function aboutLink({ ip }: CommandContext, link: LinkRow, verb: string, detail: Record<string, unknown> = {}) {
  const { mode, customerId, contactId, impersonationId } = link;
  return {
    action: `${mode === 'impersonation' ? 'impersonation' : 'portal'}.${verb}`,
    subject: { type: 'customer', id: customerId },
    customerId,
    detail: { ...detail, ip, impersonationId, contactId },
  };
}

/** In whose name, of an impersonation. */
async function effectiveOf({ tx }: CommandContext, { impersonationId, contactId }: LinkRow) {
  if (impersonationId === null || contactId === null) return {};
  const contact = await tx.selectFrom('contacts').select(['id', 'name']).where('id', '=', contactId).executeTakeFirst();
  return { effective: contact ?? null };
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
