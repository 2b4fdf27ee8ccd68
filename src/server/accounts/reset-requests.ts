import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Language } from '#core/domain/languages.ts';
import type { Door } from '../access/tables.ts';
import { type BaseContext, type CommandContext, systemActor } from '../context.ts';
import { inTransaction } from '../http/transaction.ts';
import { createMailLink, hadEnough } from './mail-links.ts';
import { type Person, personByEmail } from './owners.ts';
import { type AccountParts, resetLink, subjectOf } from './parts.ts';
import type { LockFacts } from './tables.ts';

interface Asked {
  readonly door: Door;
  readonly email: string;
  readonly language?: Language | undefined;
}

/**
 * Notes that somebody asked for a password link. Who has the address is looked up afterwards, in the background: the
 * answer and its time are the same for addresses that nobody has (AU-5).
 */
export async function askForReset(base: BaseContext, parts: AccountParts, { door, ...asked }: Asked): Promise<void> {
  const email = asked.email.trim().toLowerCase();
  await base.db
    .insertInto('resetRequests')
    .values({ id: uuid(), door, email, language: asked.language ?? null, askedAt: base.clock.now(), lock: null })
    .execute();
  parts.wake();
}

const BATCH = 20;

/** Answers what was asked, a few at a time, each request by one central. */
export async function answerResetRequests(
  background: () => BaseContext,
  parts: AccountParts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const answered = await inTransaction(background(), systemActor, (context) => answerSome(context, parts));
    if (answered < BATCH) return;
  }
}

async function answerSome(context: CommandContext, parts: AccountParts): Promise<number> {
  const requests = await context.tx
    .deleteFrom('resetRequests')
    .where('id', 'in', (select) =>
      select.selectFrom('resetRequests').select('id').orderBy('askedAt').limit(BATCH).forUpdate().skipLocked(),
    )
    .returningAll()
    .execute();
  for (const { door, email, language, lock } of requests) {
    const person = await personByEmail(context.tx, door, email);
    if (!person?.usable) continue;
    const to = { person, language: language ?? person.language ?? 'en' };
    await sendResetLink(context, parts, to);
    if (lock !== null) await sendLockNotice(context, parts, to, lockSchema.parse(lock));
  }
  return requests.length;
}

const lockSchema = z.object({ step: z.enum(['password', 'code']), until: z.string(), ip: z.string() });

interface To {
  readonly person: Person;
  readonly language: Language;
}

/** At most five an hour go to one account, whoever asks; more are not sent, and nobody is told. */
async function sendResetLink(context: CommandContext, parts: AccountParts, { person, language }: To): Promise<void> {
  const { owner, name, email } = person;
  const now = context.clock.now();
  if (await hadEnough(context.tx, now, owner, 'reset')) return;
  const token = await createMailLink(context.tx, now, { owner, purpose: 'reset' });
  await parts.mailer.post(context, {
    ...{ template: 'password-reset', to: email, language },
    values: { name, link: resetLink(parts.publicUrl(), token) },
  });
  context.audit({ action: 'account.reset_link_sent', ...subjectOf(person) });
}

async function sendLockNotice(
  context: CommandContext,
  parts: AccountParts,
  { person: { name, email }, language }: To,
  facts: LockFacts,
): Promise<void> {
  await parts.mailer.post(context, { template: 'account-locked', to: email, language, values: { name, ...facts } });
}
