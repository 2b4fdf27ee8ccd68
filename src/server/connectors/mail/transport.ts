import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../../config.ts';
import { type ActionFailure, refused, unreachable } from '../failure.ts';

export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of the task: the same mail sent twice carries the same Message-ID, and is shown once. */
  readonly key: string;
}

export interface MailTransport {
  readonly target: string;
  check(signal: AbortSignal): Promise<void>;
  /** Throws ActionFailure. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<{ messageId: string }>;
}

const DEFAULT_FROM = 'Comptoir <no-reply@comptoir.invalid>';
const CONNECT_MS = 10_000;

function envelope({ to, subject, text, html, key }: OutgoingMail, from: string) {
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'comptoir.invalid';
  return { from, to, subject, text, html, messageId: `<${key.replaceAll(/[^\w.-]/g, '.')}@${domain}>` };
}

/** Mail by SMTP; one connection per mail, as a shop sends few. */
export function smtpTransport(url: string, from = DEFAULT_FROM): MailTransport {
  const { host } = new URL(url);
  const open = () =>
    createTransport({ url, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: CONNECT_MS });
  return {
    target: host,
    async check() {
      const transport = open();
      try {
        await transport.verify();
      } finally {
        transport.close();
      }
    },
    async send(mail, signal) {
      const transport = open();
      const giveUp = () => transport.close();
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        const { messageId } = await transport.sendMail(envelope(mail, from));
        return { messageId };
      } catch (error) {
        throw failureOf(error, host);
      } finally {
        signal.removeEventListener('abort', giveUp);
        transport.close();
      }
    },
  };
}

/** SMTP's own words: 5xx is a refusal, 4xx asks to come back later, everything else never got that far. */
function failureOf(error: unknown, host: string): ActionFailure {
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  if (code >= 500) return refused(`${host}: ${text}`, { responseCode: code });
  return unreachable(`${host}: ${text}`, { host }, error);
}

/** Without an SMTP server: one .eml file per mail, named by its key, so that a repeated mail replaces itself. */
export function fileTransport(folder: string, from = DEFAULT_FROM): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    target: 'mail/ in the data folder',
    check: async () => void (await mkdir(folder, { recursive: true })),
    async send(mail) {
      const { message, messageId } = await composer.sendMail(envelope(mail, from));
      const file = path.join(folder, `${mail.key.replaceAll(/[^\w.-]/g, '-')}.eml`);
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}.part`, message as Buffer);
      await rename(`${file}.part`, file);
      return { messageId };
    },
  };
}

/** As configured: by SMTP, else as files. */
export function openMailTransport({
  smtpUrl,
  mailFrom,
  dataDir,
}: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>): MailTransport {
  return smtpUrl === undefined ? fileTransport(path.join(dataDir, 'mail'), mailFrom) : smtpTransport(smtpUrl, mailFrom);
}
