import { expect, onTestFinished, test } from 'vitest';
import { PASSWORD } from '../parts/central.ts';
import { waitUntil } from '../parts/wait.ts';
import { heal, startFleet } from './parts/fleet.ts';
import { HEAL_MS, SEED } from './parts/settings.ts';
import { verify } from './parts/verify.ts';

const THIRTY_DAYS_S = 30 * 24 * 60 * 60;

async function twoDesks() {
  console.log(`COMPTOIR_FAULT_SEED=${SEED}`);
  const fleet = await startFleet(SEED, [1, 1]);
  onTestFinished(fleet.stop);
  const [away, at] = fleet.members;
  if (away === undefined || at === undefined) throw new Error('a fleet of two has two desks');
  return { fleet, away, at };
}

test('a desk that comes back after 30 days hands in what it had saved and holds what changed meanwhile', async () => {
  const { fleet, away, at } = await twoDesks();
  away.line.cut();
  await away.desk.call('assignOne');
  await away.desk.stop();
  await at.desk.call('assignOne');
  const admin = await fleet.admin();
  await admin.demo.clock({ advanceSeconds: THIRTY_DAYS_S });
  await heal(fleet, HEAL_MS);
  await verify(fleet);
});

test('the work of a desk whose credential was withdrawn while it had no line is handed in by a manager, once', async () => {
  const { fleet, away } = await twoDesks();
  away.line.cut();
  const draftId = await away.desk.call('assignOne');
  const admin = await fleet.admin();
  const { items } = await admin.desks.list();
  const { id } = items.find(({ name }) => name === away.name) ?? { id: '' };
  await admin.desks.revoke({ id });
  away.line.mend();
  await waitUntil(async () => (await away.desk.call('standing')) === 'revoked', 'the desk to hear of it', HEAL_MS);
  expect(await admin.orders.list({ draftId })).toMatchObject({ items: [] });

  await away.desk.call('signIn', 'manager@demo.comptoir.test', PASSWORD);
  expect(await away.desk.call('handIn')).toMatchObject({ refused: 0 });
  expect(await away.desk.call('handIn')).toEqual({ accepted: 0, refused: 0 });
  expect((await admin.orders.list({ draftId })).items).toHaveLength(1);
});
