import { z } from 'zod';
import { ActionFailure, isTransient } from '../connectors/failure.ts';
import type { Db } from '../database/connection.ts';
import type { SendDeps } from './mailer.ts';

const BATCH = 10;
/** Longer than sending takes: a central that dies meanwhile leaves the mail to the others after this. */
const LEASE_MS = 120_000;
const SEND_MS = 60_000;
/** How long to wait after each failure; after the last one it is given up. */
const WAITS_MS = [10, 60, 300, 900, 3_600, 3 * 3_600].map((seconds) => seconds * 1000);
const MAX_ERROR = 500;

const contentSchema = z.object({ to: z.string(), values: z.record(z.string(), z.unknown()) });

/** Sends what is due. Each mail is sent by one central at a time; one sent twice carries the same Message-ID. */
export async function sendDueMail(deps: SendDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await takeDue(deps.db, deps.clock.now());
    if (due.length === 0) return;
    for (const mail of due) {
      if (signal.aborted) return;
      await sendOne(deps, mail, signal);
    }
  }
}

async function takeDue(db: Db, now: Date) {
  return db
    .updateTable('mailOutbox')
    .set(({ eb }) => ({ dueAt: new Date(now.getTime() + LEASE_MS), attempts: eb('attempts', '+', 1), error: null }))
    .where('id', 'in', (select) =>
      select
        .selectFrom('mailOutbox')
        .select('id')
        .where('sentAt', 'is', null)
        .where('givenUpAt', 'is', null)
        .where('dueAt', '<=', now)
        .orderBy('dueAt')
        .limit(BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'template', 'language', 'sealed', 'attempts'])
    .execute();
}
type DueMail = Awaited<ReturnType<typeof takeDue>>[number];

async function sendOne(deps: SendDeps, mail: DueMail, signal: AbortSignal): Promise<void> {
  const { clock, log, seal, templates, transport } = deps;
  try {
    const { to, values } = contentSchema.parse(JSON.parse(seal.open(mail.sealed ?? '')));
    const content = templates.render(mail.template, mail.language, values);
    await transport.send(
      { to, key: `mail-${mail.id}`, ...content },
      AbortSignal.any([signal, AbortSignal.timeout(SEND_MS)]),
    );
    await settle(deps, mail.id, { sentAt: clock.now(), sealed: null, error: null });
  } catch (err) {
    const wait = err instanceof ActionFailure && isTransient(err) ? WAITS_MS[mail.attempts - 1] : undefined;
    const error = (err instanceof Error ? err.message : String(err)).slice(0, MAX_ERROR);
    log.warn({ mail: mail.id, template: mail.template, attempt: mail.attempts, error }, 'a mail was not sent');
    const now = clock.now();
    if (wait === undefined) await settle(deps, mail.id, { givenUpAt: now, sealed: null, error });
    else await settle(deps, mail.id, { dueAt: new Date(now.getTime() + wait), error });
  }
}

type Settled = Partial<Record<'sentAt' | 'givenUpAt' | 'dueAt', Date>> & { sealed?: null; error: string | null };

async function settle({ db }: SendDeps, id: string, set: Settled): Promise<void> {
  await db.updateTable('mailOutbox').set(set).where('id', '=', id).execute();
}
