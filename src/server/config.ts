import path from 'node:path';
import { z } from 'zod';

/** An environment that central can't start with. The message names every wrong variable. */
export class ConfigError extends Error {}

export const DEFAULT_PORT = 4040;

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankIsUnset, schema.optional());
const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL such as ${example}`,
  });

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const environmentSchema = z.object({
  PORT: optional(z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535)),
  HOST: optional(z.string()),
  DATABASE_URL: optional(url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/comptoir')),
  COMPTOIR_DATA_DIR: optional(z.string()),
  COMPTOIR_DEMO: optional(z.enum(['0', '1'], { error: 'must be 1 or 0' })),
  COMPTOIR_PLAYBOOKS: optional(z.string()),
  SMTP_URL: optional(url(['smtp:', 'smtps:'], 'smtp://user:password@host:587')),
  COMPTOIR_MAIL_FROM: optional(z.string().max(300)),
  COMPTOIR_HLR_URL: optional(url(['tcp:'], 'tcp://127.0.0.1:4259')),
  COMPTOIR_SECRET_KEY: optional(z.string().min(32, { error: 'must have at least 32 characters' })),
  COMPTOIR_ADMIN_EMAIL: optional(z.email({ error: 'must be an e-mail address' })),
  COMPTOIR_CURRENCY: optional(z.string().regex(/^[A-Z]{3}$/, { error: 'must be an ISO 4217 code such as GBP' })),
  COMPTOIR_COUNTRY: optional(z.string().regex(/^[A-Z]{2}$/, { error: 'must be an ISO 3166 code such as GB' })),
  COMPTOIR_TRUST_PROXY: optional(z.string()),
  COMPTOIR_PUBLIC_URL: optional(url(['http:', 'https:'], 'https://central.example')),
  COMPTOIR_DESK_INVITATION: optional(z.string().min(16, { error: 'must have at least 16 characters' }).max(200)),
  COMPTOIR_DESK_INVITATION_STORE: optional(
    z.coerce.number({ error: 'must be the number of a store' }).int().positive(),
  ),
  COMPTOIR_LOG_LEVEL: optional(z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` })),
});

/** Everything central can be told, checked. Absent values are undefined, never guessed further down. */
export interface Config {
  /** Undefined: the default port, or the next free one. */
  readonly port: number | undefined;
  readonly host: string;
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly demo: boolean;
  /** The operator's own playbooks; undefined: those delivered. */
  readonly playbooks: string | undefined;
  /** Undefined: mail is written as .eml files to mail/ in the data folder. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** Osmocom HLR's control interface; undefined: the embedded HLR. */
  readonly hlrUrl: string | undefined;
  /** Undefined: a random one kept in the data folder. */
  readonly secretKey: string | undefined;
  readonly adminEmail: string | undefined;
  readonly currency: string;
  readonly country: string;
  /** Where people reach central, without a path; undefined: the address at which it listens. */
  readonly publicUrl: string | undefined;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: string | undefined;
  /** Desks that know it are enrolled without anyone's approval; undefined: none are. */
  readonly deskInvitation: string | undefined;
  /** Where such desks stand; undefined: the first store. */
  readonly deskInvitationStore: number | undefined;
  readonly logLevel: string;
}

/** Reads the environment. Throws ConfigError. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const { data, error } = environmentSchema.safeParse(env);
  if (error) {
    const lines = error.issues.map(({ path: [name], message }) => `  ${String(name)}: ${message}`);
    throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  return {
    port: data.PORT,
    host: data.HOST ?? '127.0.0.1',
    databaseUrl: data.DATABASE_URL,
    dataDir: path.resolve(data.COMPTOIR_DATA_DIR ?? '.data'),
    demo: data.COMPTOIR_DEMO === '1',
    playbooks: data.COMPTOIR_PLAYBOOKS && path.resolve(data.COMPTOIR_PLAYBOOKS),
    smtpUrl: data.SMTP_URL,
    mailFrom: data.COMPTOIR_MAIL_FROM,
    hlrUrl: data.COMPTOIR_HLR_URL,
    secretKey: data.COMPTOIR_SECRET_KEY,
    adminEmail: data.COMPTOIR_ADMIN_EMAIL?.toLowerCase(),
    publicUrl: data.COMPTOIR_PUBLIC_URL && new URL(data.COMPTOIR_PUBLIC_URL).origin,
    currency: data.COMPTOIR_CURRENCY ?? 'GBP',
    country: data.COMPTOIR_COUNTRY ?? 'GB',
    trustProxy: data.COMPTOIR_TRUST_PROXY,
    deskInvitation: data.COMPTOIR_DESK_INVITATION,
    deskInvitationStore: data.COMPTOIR_DESK_INVITATION_STORE,
    logLevel: data.COMPTOIR_LOG_LEVEL ?? 'info',
  };
}
