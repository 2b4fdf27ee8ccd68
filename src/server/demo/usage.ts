import type { Destination } from '#core/domain/charging.ts';
import type { NewUsage } from '../charging/record-usage.ts';
import type { DemoCharging } from './charging.ts';
import { type Random, randomFrom } from './random.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;

/** What the customers of these accounts did in the last 30 days: sessions every day, calls and texts on most. */
export function demoUsage(all: readonly DemoCharging[], now: Date): NewUsage[] {
  const random = randomFrom(8_800);
  const usage: NewUsage[] = [];
  for (const { account, appetite, plan } of all) {
    for (let back = DAYS - 1; back >= 0; back -= 1) {
      const day = now.getTime() - back * DAY_MS;
      for (const piece of dayOf(random, appetite, plan.data)) {
        // Over the 16 hours before, so that today's are not ahead of the clock.
        const at = new Date(Math.floor(day - random.next() * 16 * 3_600_000));
        if (at < plan.since) continue;
        const id = `demo-${usage.length}`;
        usage.push({ ...piece, id, at, account: account.serviceUuid, subscriber: `uuid:${account.serviceUuid}` });
      }
    }
  }
  return usage;
}

type Piece = Pick<NewUsage, 'type' | 'destination' | 'quantity' | 'peer'>;

function dayOf(random: Random, appetite: number, planData: number): Piece[] {
  const session = Math.floor(((planData * appetite) / DAYS) * (0.3 + 1.4 * random.next()));
  const pieces: Piece[] = [{ type: 'data', destination: 'on_net', quantity: session, peer: null }];
  if (random.next() < 0.75) {
    const seconds = 20 + Math.floor(random.next() ** 2 * 2_400);
    pieces.push({ type: 'voice', quantity: seconds, ...other(random) });
  }
  if (random.next() < 0.6) pieces.push({ type: 'sms', quantity: 1, ...other(random) });
  return pieces;
}

/** The other party: numbers that Ofcom and others keep for films. */
function other(random: Random): { destination: Destination; peer: string } {
  const share = random.next();
  const digits = String(random.below(1_000)).padStart(3, '0');
  if (share < 0.55) return { destination: 'on_net', peer: `+447700900${digits}` };
  if (share < 0.88) return { destination: 'off_net', peer: `+442079460${digits}` };
  if (share < 0.98) return { destination: 'international', peer: `+33199000${digits}` };
  return { destination: 'premium', peer: `+449098790${digits}` };
}
