import { deviceWords } from '#core/domain/device.ts';
import { randomToken, tokenHash } from '../access/tokens.ts';
import type { CommandContext } from '../context.ts';
import type { Tx } from '../database/connection.ts';
import type { Owner } from './tables.ts';

/** A browser keeps a token for each of so many accounts. */
const KEPT = 5;

export interface Recognised {
  readonly isKnown: boolean;
  /** What the browser keeps from now on. */
  readonly tokens: readonly string[];
}

/**
 * Whether somebody signed in with this browser before, and that they have now. The token of a new one is always made here:
 * one that was put into the browser by somebody else makes no browser a known one.
 */
export async function recogniseDevice(
  { tx, clock }: Pick<CommandContext, 'tx' | 'clock'>,
  owner: Owner,
  tokens: readonly string[],
): Promise<Recognised> {
  const now = clock.now();
  const hashes = tokens.map(tokenHash);
  if (hashes.length > 0) {
    const { numUpdatedRows } = await tx
      .updateTable('knownDevices')
      .set({ lastSeenAt: now })
      .where('owner', '=', owner)
      .where('hash', 'in', hashes)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return { isKnown: true, tokens };
  }
  const token = randomToken('cpd');
  await tx
    .insertInto('knownDevices')
    .values({ owner, hash: tokenHash(token), firstSeenAt: now, lastSeenAt: now })
    .execute();
  return { isKnown: false, tokens: [token, ...tokens].slice(0, KEPT) };
}

/** Forgets the browsers of an account, but for the one that shows these tokens. */
export async function forgetDevices(tx: Tx, owner: Owner, except: readonly string[] = []): Promise<void> {
  let known = tx.deleteFrom('knownDevices').where('owner', '=', owner);
  if (except.length > 0) known = known.where('hash', 'not in', except.map(tokenHash));
  await known.execute();
}

/** For a notice: when, from where and with what this request came. */
export function whereabouts({ clock, headers, ip }: Pick<CommandContext, 'clock' | 'headers' | 'ip'>) {
  const agent = headers['user-agent'];
  return { at: clock.now().toISOString(), ip, device: typeof agent === 'string' ? deviceWords(agent) : '' };
}
