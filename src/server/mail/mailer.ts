import path from 'node:path';
import { v7 as uuid } from 'uuid';
import type { Language } from '#core/domain/languages.ts';
import { type Seal, sealWith } from '../access/seal.ts';
import { loadMailTemplates, type MailTemplates } from '../connectors/mail/templates.ts';
import { type MailTransport, openMailTransport } from '../connectors/mail/transport.ts';
import type { CommandContext } from '../context.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { createWorker } from '../system/worker.ts';
import type { NoticeName, Notices } from './notices.ts';
import { sendDueMail } from './send.ts';

export interface Notice<N extends NoticeName = NoticeName> {
  readonly template: N;
  readonly to: string;
  readonly language: Language;
  readonly values: Notices[N];
}

/** Mail that is not a playbook's: written with the transaction that it tells of, sent after it, tried again when it fails. */
export interface Mailer extends Part {
  post<N extends NoticeName>(
    context: Pick<CommandContext, 'tx' | 'clock' | 'afterCommit'>,
    notice: Notice<N>,
  ): Promise<void>;
  /** Looks at once for mail that is due. */
  wake(): void;
}

/** What sending needs. */
export interface SendDeps extends Pick<CentralDeps, 'db' | 'clock' | 'log'> {
  readonly seal: Seal;
  readonly templates: MailTemplates;
  readonly transport: MailTransport;
}

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources/mail');
/** How often a central looks for mail that another has left, or that is to be tried again. */
const EVERY_MS = 5_000;

export async function createMailer(
  deps: Pick<CentralDeps, 'db' | 'clock' | 'log' | 'config' | 'secrets'>,
): Promise<Mailer> {
  const { db, clock, log, config } = deps;
  const seal = sealWith(deps.secrets.key('mail-outbox'));
  const templates = await loadMailTemplates(path.join(RESOURCES, 'account'), RESOURCES);
  const sending: SendDeps = { db, clock, log, seal, templates, transport: openMailTransport(config) };
  const worker = createWorker({ name: 'mail', everyMs: EVERY_MS, log }, (signal) => sendDueMail(sending, signal));
  return {
    ...worker,
    async post(context, { template, to, language, values }) {
      const now = context.clock.now();
      await context.tx
        .insertInto('mailOutbox')
        .values({
          ...{ id: uuid(), template, language, sealed: seal.close(JSON.stringify({ to, values })) },
          ...{ dueAt: now, createdAt: now },
        })
        .execute();
      context.afterCommit(() => worker.wake());
    },
  };
}
