import type { CentralDeps, Part } from '../deps.ts';
import type { Mailer } from '../mail/mailer.ts';
import { createWorker } from '../system/worker.ts';
import type { AccountParts } from './parts.ts';
import { answerResetRequests } from './reset-requests.ts';
import { createTwoFactors } from './two-factor.ts';

/** How often a central looks for requests that another has left. */
const EVERY_MS = 5_000;

export interface Accounts extends AccountParts, Part {}

/** Signing in and its protection, for staff and customers: links by mail, second factors, known browsers. */
export function createAccounts(
  { log, secrets, publicUrl, background }: Pick<CentralDeps, 'log' | 'secrets' | 'publicUrl' | 'background'>,
  mailer: Mailer,
): Accounts {
  const factors = createTwoFactors(secrets);
  const parts: AccountParts = { mailer, factors, publicUrl, wake: () => worker.wake() };
  const worker = createWorker({ name: 'accounts', everyMs: EVERY_MS, log }, (signal) =>
    answerResetRequests(background, parts, signal),
  );
  return { ...parts, start: worker.start, stop: worker.stop };
}
