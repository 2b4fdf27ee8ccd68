import { z } from 'zod';
import { USUAL_CENTRAL_URL } from './central-url.ts';
import { deskFolder } from './data-dir.ts';

const settings = z.object({
  /** Where central answers; its API is below /api/v1. */
  COMPTOIR_CENTRAL_URL: z.url({ protocol: /^https?$/ }).default(USUAL_CENTRAL_URL),
  /** The folder that holds the desk's own folder `desk`. */
  COMPTOIR_DATA_DIR: z.string().min(1).optional(),
  /** Port of the browser shell on the loopback; 0 takes a free one. */
  COMPTOIR_DESK_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Lets this desk in at central without approval, when it is not enrolled yet. */
  COMPTOIR_DESK_INVITATION: z.string().min(16).max(200).optional(),
  COMPTOIR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface DeskConfig {
  readonly centralUrl: string;
  /** The desk's own folder. */
  readonly dataDir: string;
  readonly port: number;
  readonly invitation?: string;
  readonly logLevel: string;
}

/** Reads the environment; throws an Error that names every wrong variable. Empty variables count as not set. */
export function readConfig(environment: Record<string, string | undefined>, defaultDataDir?: string): DeskConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const read = settings.safeParse(given);
  if (!read.success) {
    const wrong = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The desk can't start with these settings.\n${wrong.join('\n')}`);
  }
  const { COMPTOIR_CENTRAL_URL, COMPTOIR_DESK_PORT, COMPTOIR_LOG_LEVEL } = read.data;
  return {
    centralUrl: COMPTOIR_CENTRAL_URL.replace(/\/+$/, ''),
    dataDir: deskFolder(given, defaultDataDir),
    port: COMPTOIR_DESK_PORT,
    invitation: read.data.COMPTOIR_DESK_INVITATION,
    logLevel: COMPTOIR_LOG_LEVEL,
  };
}
