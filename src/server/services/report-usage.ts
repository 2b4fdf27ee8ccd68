import {
  type UsageRecord,
  type UsageRefusal,
  type UsageResult,
  usageRecordSchema,
} from '#core/contract/central/usage.ts';
import { isSameUsage, type NewUsage, recordUsage, storedUsage } from '../charging/record-usage.ts';
import type { CommandContext } from '../context.ts';
import { accountsOfSubscribers, subscriberOf } from './usage-subscribers.ts';

const MINUTE_MS = 60_000;
/** Clocks of network elements differ by so much. */
const AHEAD_MS = 5 * MINUTE_MS;
const OLDEST_MS = 90 * 24 * 60 * MINUTE_MS;

type Candidate = Omit<NewUsage, 'account'>;

/**
 * Takes usage reports, each for itself: what can't be read or is refused does not keep the others out. A record that was
 * taken before is a duplicate for ever, also when it would be refused by now. The answers are in the order of the reports.
 */
export async function reportUsage(context: CommandContext, reports: readonly unknown[]): Promise<UsageResult[]> {
  const results: (UsageResult | undefined)[] = reports.map(() => undefined);
  const places = new Map<string, number[]>();
  const candidates = new Map<string, Candidate>();
  for (const [place, report] of reports.entries()) {
    const parsed = usageRecordSchema.safeParse(report);
    if (!parsed.success) {
      results[place] = unreadable(report, parsed.error.issues[0]?.path);
      continue;
    }
    const candidate = candidateOf(parsed.data);
    const first = candidates.get(candidate.id);
    if (first && !isSameUsage({ ...first, account: '' }, { ...candidate, account: null })) {
      results[place] = result(candidate.id, 'conflict');
      continue;
    }
    if (!first) candidates.set(candidate.id, candidate);
    places.set(candidate.id, [...(places.get(candidate.id) ?? []), place]);
  }
  const settled = await settle(context, [...candidates.values()]);
  for (const [id, [first, ...repeated]] of places) {
    const answer = settled.get(id) ?? result(id, 'rejected', 'invalid');
    if (first !== undefined) results[first] = answer;
    for (const place of repeated) results[place] = answer.outcome === 'accepted' ? result(id, 'duplicate') : answer;
  }
  return results.map((answer) => answer ?? result(null, 'rejected', 'invalid'));
}

async function settle(context: CommandContext, candidates: readonly Candidate[]): Promise<Map<string, UsageResult>> {
  const { tx, clock, actor } = context;
  const now = clock.now();
  const accounts = await accountsOfSubscribers(tx, [...new Set(candidates.map(({ subscriber }) => subscriber))]);
  const settled = new Map<string, UsageResult>();
  const accepted: NewUsage[] = [];
  const refused: [Candidate, UsageRefusal][] = [];
  for (const candidate of candidates) {
    const account = accounts.get(candidate.subscriber);
    const reason = refusalOf(candidate.at, now) ?? (account === undefined ? 'unknown_service' : null);
    if (account === undefined || reason !== null) refused.push([candidate, reason ?? 'unknown_service']);
    else accepted.push({ ...candidate, account });
  }
  const stored = await storedUsage(
    tx,
    refused.map(([{ id }]) => id),
  );
  for (const [candidate, reason] of refused) {
    const first = stored.get(candidate.id);
    const account = accounts.get(candidate.subscriber) ?? null;
    const again = first && (isSameUsage(first, { ...candidate, account }) ? 'duplicate' : 'conflict');
    settled.set(candidate.id, again ? result(candidate.id, again) : result(candidate.id, 'rejected', reason));
  }
  const by = `${actor.kind}:${actor.id}`;
  for (const [id, outcome] of await recordUsage(tx, accepted, { now, by })) {
    settled.set(id, outcome === 'no_account' ? result(id, 'rejected', outcome) : result(id, outcome));
  }
  return settled;
}

function candidateOf({ service, at, peer = null, ...rest }: UsageRecord): Candidate {
  return { ...rest, peer, subscriber: subscriberOf(service), at: new Date(at) };
}

function refusalOf(at: Date, now: Date): UsageRefusal | null {
  const age = now.getTime() - at.getTime();
  if (age < -AHEAD_MS) return 'in_future';
  return age > OLDEST_MS ? 'too_old' : null;
}

function unreadable(report: unknown, path: readonly PropertyKey[] = []): UsageResult {
  const { id } = Object(report) as { id?: unknown };
  const field = path[0] === undefined ? null : String(path[0]);
  const reason = field === 'quantity' ? 'bad_quantity' : 'invalid';
  return { id: typeof id === 'string' ? id.slice(0, 100) : null, outcome: 'rejected', reason, field };
}

function result(id: string | null, outcome: UsageResult['outcome'], reason: UsageResult['reason'] = null): UsageResult {
  return { id, outcome, reason, field: null };
}
