import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished, test } from 'vitest';
import { type Fleet, heal, type Member, startFleet } from './parts/fleet.ts';
import { honest, hostile } from './parts/hostile-line.ts';
import { DESKS, HEAL_MS, SEED, WORK_MS } from './parts/settings.ts';
import { verify } from './parts/verify.ts';

/** Twelve desks in three stores, when nothing else is said. */
const STORES = [1, 2, 3].flatMap((storeId) => Array<number>(DESKS).fill(storeId));
const A_DAY_MS = 24 * 60 * 60 * 1000;

async function setToWork(seed: number, storeIds = STORES): Promise<Fleet> {
  console.log(`COMPTOIR_FAULT_SEED=${seed} COMPTOIR_FAULT_MINUTES=${WORK_MS / 60_000}`);
  const fleet = await startFleet(seed, storeIds);
  onTestFinished(fleet.stop);
  for (const { desk } of fleet.members) await desk.call('work', fleet.random.below(1_000_000_000));
  return fleet;
}

/** What happens to shops: lines are cut and come back, machines lose power, clocks are set wrongly, head office restarts. */
const mishaps: Record<string, (fleet: Fleet, member: Member) => Promise<void>> = {
  cut: async (_fleet, { line }) => line.cut(),
  mend: async (_fleet, { line }) => line.mend(),
  spoil: async (_fleet, { line }) => line.behave(hostile),
  settle: async (_fleet, { line }) => line.behave(honest),
  powerCut: async (fleet, member) => {
    await member.desk.kill();
    await member.desk.start(member.clockMs);
    await member.desk.call('work', fleet.random.below(1_000_000_000));
  },
  wrongClock: async (fleet, member) => {
    member.clockMs = fleet.random.pick([-A_DAY_MS, 0, A_DAY_MS]);
    await member.desk.call('clock', member.clockMs);
  },
  centralKilled: async (fleet) => {
    await fleet.killCentral();
    await pause(fleet.random.below(2_000));
    await fleet.startCentral();
  },
};
const usual = ['cut', 'mend', 'cut', 'mend', 'spoil', 'settle', 'powerCut', 'wrongClock'];

async function suffer(fleet: Fleet, forMs: number): Promise<void> {
  const end = performance.now() + forMs;
  for (let turn = 1; performance.now() < end; turn += 1) {
    const name = turn % 25 === 0 ? 'centralKilled' : fleet.random.pick(usual);
    await mishaps[name]?.(fleet, fleet.random.pick(fleet.members));
    await pause(fleet.random.below(700));
  }
}

test('twelve desks in three stores through cuts, hostile lines, power cuts and wrong clocks: all that was acknowledged exists once', async () => {
  const fleet = await setToWork(SEED);
  await suffer(fleet, WORK_MS);
  await heal(fleet, HEAL_MS);
  const orders = fleet.acknowledged.filter(({ kind }) => kind === 'order').length;
  const refused = fleet.acknowledged.flatMap((one) => (one.kind === 'refused' ? [JSON.stringify(one)] : []));
  console.log([`${orders} orders acknowledged, ${refused.length} refusals`, ...refused].join('\n'));
  await verify(fleet);
});
