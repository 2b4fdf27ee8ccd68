import { z } from 'zod';
import { ConfigError } from '../config.ts';

const SECOND = 1_000;
const milliseconds = z.coerce.number().int().min(50).max(600_000);

const environmentSchema = z.object({
  /** Jobs that one central works on at once (BK-3). */
  COMPTOIR_JOBS: z.coerce.number().int().min(1).max(1000).default(20),
  /** How often a central says that it lives, and looks for jobs of those that don't. */
  COMPTOIR_HEARTBEAT_MS: milliseconds.default(5 * SECOND),
  /** After how long a silent central's jobs go to others. */
  COMPTOIR_SILENCE_MS: milliseconds.default(20 * SECOND),
  /** How often the queue is looked at: what an order waits at most before its job begins. */
  COMPTOIR_QUEUE_POLL_MS: z.coerce.number().int().min(10).max(60_000).default(50),
  /** Hosts that playbooks may call by http, separated by commas: `host` or `host:port`. */
  COMPTOIR_HTTP_HOSTS: z.string().default(''),
});

export interface ProvisioningSettings {
  readonly jobsAtOnce: number;
  readonly heartbeatMs: number;
  readonly silenceMs: number;
  readonly queuePollMs: number;
  readonly httpHosts: readonly string[];
}

/** Reads the environment. Throws ConfigError. */
export function readProvisioningSettings(env: Record<string, string | undefined>): ProvisioningSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { data, error } = environmentSchema.safeParse(given);
  if (error) {
    const lines = error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  if (data.COMPTOIR_SILENCE_MS < 3 * data.COMPTOIR_HEARTBEAT_MS) {
    throw new ConfigError('COMPTOIR_SILENCE_MS must be at least three times COMPTOIR_HEARTBEAT_MS');
  }
  const hosts = data.COMPTOIR_HTTP_HOSTS.split(',').map((host) => host.trim());
  return {
    jobsAtOnce: data.COMPTOIR_JOBS,
    heartbeatMs: data.COMPTOIR_HEARTBEAT_MS,
    silenceMs: data.COMPTOIR_SILENCE_MS,
    queuePollMs: data.COMPTOIR_QUEUE_POLL_MS,
    httpHosts: hosts.filter((host) => host !== ''),
  };
}
