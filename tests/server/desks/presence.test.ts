import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncEvent } from '#core/contract/central/desks.ts';
import { type CentralClient, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { waitUntil } from '../../parts/wait.ts';
import { iccid } from '../inventory/stock-room.ts';
import { type EnrolledDesk, enrol } from './desk-parts.ts';

let central: TestCentral;
let admin: CentralClient;
let salesToken: string;
let adminToken: string;
beforeAll(async () => {
  central = await startTestCentral();
  admin = await central.asAdmin();
  adminToken = (await signInTo(central.url, 'admin@test.comptoir.test')).accessToken;
  salesToken = (await signInTo(central.url, 'sales@test.comptoir.test')).accessToken;
});
afterAll(() => central.stop());

/** A desk's own work beside its staff: it listens, and gives back what it is asked for. */
async function listening(desk: EnrolledDesk) {
  const heard: SyncEvent[] = [];
  const stream = await desk.itself.sync.events();
  let isOver = false;
  let isLeft = false;
  const run = async () => {
    for await (const event of stream) {
      heard.push(event);
      if (event.type === 'give_back') await desk.itself.sync.giveBack({ itemIds: event.itemIds });
    }
    isOver = true;
  };
  const running = run().catch((error) => {
    if (!isLeft) throw error;
  });
  await waitUntil(() => heard.length > 0, 'the stream to begin');
  const end = async () => {
    isLeft = true;
    await stream.return?.(undefined);
    await running;
  };
  return { heard, isOver: () => isOver, end };
}
const holderOf = async (itemId: number) =>
  (await central.db.selectFrom('items').select('deskId').where('id', '=', itemId).executeTakeFirstOrThrow()).deskId;
const receiveSim = (storeId = 1) =>
  admin.inventory.createItem({ template: 'sim_card', identifiers: { iccid: iccid() }, storeId });
const statusOf = async (desk: EnrolledDesk) => (await admin.desks.list()).items.find(({ id }) => id === desk.id);

describe('a desk that is online', () => {
  test('gives back at once what another wants: the first try is refused, a second within two seconds has it', async () => {
    const front = await enrol(central, admin, 'Front');
    const ears = await listening(front);
    const { id } = await receiveSim();
    await waitUntil(async () => (await holderOf(id)) === front.id, 'received stock to be leased');
    const back = (await enrol(central, admin, 'Back')).with(salesToken);
    const draftId = uuid();
    await expect(back.inventory.reserve({ itemId: id, draftId })).rejects.toMatchObject({
      code: 'item_not_available',
      data: { itemId: id, reason: 'of_other_desk', desk: { name: 'Front', online: true } },
    });
    const taken = await waitUntil(
      () => back.inventory.reserve({ itemId: id, draftId }).catch(() => null),
      'the desk to give it back',
      2_000,
    );
    expect(taken).toMatchObject({ itemId: id });
    expect(ears.heard).toContainEqual({ type: 'give_back', itemIds: [id] });
    await ears.end();
  });

  test('gives back to a caller without a desk too; a person at the desk itself has it at once', async () => {
    const desk = await enrol(central, admin, 'Till', 3);
    const ears = await listening(desk);
    const [own, wanted] = [(await receiveSim(3)).id, (await receiveSim(3)).id];
    const isLeased = async () => (await holderOf(own)) === desk.id && (await holderOf(wanted)) === desk.id;
    await waitUntil(isLeased, 'received stock to be leased');
    await desk.with(adminToken).inventory.reserve({ itemId: own, draftId: uuid() });
    const sales = await central.asNew({ roles: ['sales'], storeId: 3 });
    await expect(sales.inventory.reserve({ itemId: wanted, draftId: uuid() })).rejects.toMatchObject({
      data: { reason: 'of_other_desk' },
    });
    const draftId = uuid();
    await waitUntil(() => sales.inventory.reserve({ itemId: wanted, draftId }).catch(() => null), 'it', 2_000);
    await ears.end();
  });

  test('is offline 25 seconds after it was last heard of, and any request of it brings it back', async () => {
    const desk = await enrol(central, admin, 'Quiet');
    expect(await statusOf(desk)).toMatchObject({ online: false, lastSeenAt: null });
    await desk.with(salesToken).me();
    expect(await statusOf(desk)).toMatchObject({ online: true });
    await central.advance(26);
    expect(await statusOf(desk)).toMatchObject({ online: false });
    await desk.with(salesToken).me();
    expect(await statusOf(desk)).toMatchObject({ online: true });
  });

  test('loses its open stream at once when it is withdrawn, and is not heard of any more', async () => {
    const desk = await enrol(central, admin, 'Going');
    const ears = await listening(desk);
    const { lastSeenAt } = (await statusOf(desk)) ?? {};
    await admin.desks.revoke({ id: desk.id });
    await waitUntil(ears.isOver, 'the stream to end', 5_000);
    await central.advance(30);
    await expect(desk.itself.sync.giveBack({ itemIds: [] })).rejects.toMatchObject({ code: 'desk_unknown' });
    expect(await statusOf(desk)).toMatchObject({ online: false, lastSeenAt });
  });

  test('a person with a withdrawn or unknown credential goes on as at no desk', async () => {
    const desk = await enrol(central, admin, 'Gone');
    await admin.desks.revoke({ id: desk.id });
    expect(await desk.with(salesToken).me()).toMatchObject({ email: 'sales@test.comptoir.test' });
  });
});
