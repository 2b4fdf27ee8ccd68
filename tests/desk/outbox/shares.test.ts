import { pino } from 'pino';
import { v7 as uuid } from 'uuid';
import { expect, it, onTestFinished } from 'vitest';
import { createHolds } from '../../../src/main/drafts/holds.ts';
import { createLocalHolds } from '../../../src/main/drafts/local-holds.ts';
import { createShares, ownItems } from '../../../src/main/outbox/shares.ts';
import { announceHold, giveBack, listGivenBack, listHolds, takeHere } from '../../../src/main/work-store/holds.ts';
import { testFolders } from '../folder.ts';
import { openOutbox, orderedDraft } from './outbox-desk.ts';
import { createStandIn } from './stand-in.ts';

const newFolder = testFolders();
const nobody = new Set<number>();

/** A desk's share beside a central and a directory that the test holds in its hand. */
function openShares(folder = newFolder()) {
  const desk = openOutbox({ folder, central: createStandIn() });
  onTestFinished(desk.close);
  const told: { itemIds: readonly number[]; number?: number }[] = [];
  let answer = (itemIds: readonly number[], number?: number) => ({ itemIds: [...itemIds], number });
  let own: ReadonlySet<number> | null = new Set();
  let pull = 0;
  const shares = createShares({
    store: desk.work,
    central: {
      sync: {
        giveBack: (async ({ itemIds, number }: { itemIds: number[]; number?: number }) => {
          told.push({ itemIds, number });
          return answer(itemIds, number);
        }) as never,
      },
    },
    inDrafts: async () => nobody,
    ownOf: async (ids) => (own === null ? null : new Set(ids.filter((id) => own?.has(id)))),
    lastSyncAt: () => (pull === 0 ? null : String(pull)),
    changed: () => undefined,
    log: pino({ level: 'silent' }),
  });
  const marks = () => [...desk.work.read(listGivenBack)];
  return {
    ...{ desk, shares, told, marks },
    held: () => desk.work.read(listHolds).map(({ itemId }) => itemId),
    answerBy: (by: typeof answer) => {
      answer = by;
    },
    shows(items: readonly number[] | null) {
      own = items === null ? null : new Set(items);
    },
    async pulled(times = 1) {
      for (let time = 0; time < times; time += 1) {
        pull += 1;
        await shares.directoryChanged();
      }
    },
  };
}

it('what was let go is let go for as long as the directory can not be read', async () => {
  const { shares, shows, pulled, marks } = openShares();
  await pulled();
  shows([11]);
  await shares.asked([11]);
  shows(null);
  await pulled(5);
  expect(marks()).toEqual([11]);
  expect(await ownItems(null, 'x', [11])).toBeNull();
  shows([]);
  await pulled();
  expect(marks()).toEqual([]);
});

it('what was sold here stays held until two pulls ended and the directory shows it gone', async () => {
  const { desk, shows, pulled, held } = openShares();
  await pulled();
  desk.online();
  const { state } = await desk.placeOrder(123, [11], orderedDraft([11]));
  expect(state).toBe('accepted');
  shows([11]);
  await pulled(4);
  expect(held()).toEqual([11]);
  shows(null);
  await pulled();
  expect(held()).toEqual([11]);
  shows([]);
  await pulled();
  expect(held()).toEqual([]);
});

it('sold a moment ago it is held although the directory does not show it: that may be of before it came here', async () => {
  const { desk, pulled, held } = openShares();
  await pulled();
  desk.online();
  await desk.placeOrder(123, [11], orderedDraft([11]));
  await pulled();
  expect(held()).toEqual([11]);
  await pulled(2);
  expect(held()).toEqual([]);
});

it('what goes up is numbered, never twice the same, and higher than any that head office has heard of', async () => {
  const folder = newFolder();
  const first = openShares(folder);
  await first.shares.asked([11]);
  await first.shares.asked([12]);
  const numbers = first.told.map(({ number }) => number);
  expect(numbers).toEqual([1, 2]);
  // A file that lost its count, for it was damaged.
  const other = openShares();
  other.answerBy((itemIds, number) =>
    (number ?? 0) < 40 ? { itemIds: [], number: 40 } : { itemIds: [...itemIds], number },
  );
  await other.shares.asked([11]);
  expect(other.told.map(({ number }) => number)).toEqual([1, 41]);
});

it('an item that an assignment took while it was given back is not told of, and may go on to its order', async () => {
  const { desk, shares, told, marks, answerBy } = openShares();
  const draft = orderedDraft([11]);
  answerBy(() => {
    throw new Error('the line is gone');
  });
  await shares.asked([11, 12]);
  expect(marks()).toEqual([11, 12]);
  expect(announceHold(desk.work, { itemId: 11, draftId: draft.id, userName: 'Ana' })).toMatchObject({ isNew: true });
  answerBy((itemIds, number) => ({ itemIds: [...itemIds], number }));
  await shares.resume();
  expect(told.at(-1)?.itemIds).toEqual([12]);
  expect((await desk.placeOrder(123, [11], draft)).state).toBe('saved');
});

it('an item that was given back is in no order that did not hold it before', async () => {
  const { desk } = openShares();
  expect(giveBack(desk.work, [11], nobody)).toEqual([11]);
  await expect(desk.placeOrder(123, [11])).rejects.toMatchObject({
    code: 'item_not_available',
    data: { itemId: 11, reason: 'not_available' },
  });
});

it('an item that is just being taken with a line is not given back, nor one that a draft has by head office’s leave', async () => {
  const { desk } = openShares();
  const [draftId, itemId] = [uuid(), 11];
  let givenBack: number[] | null = null;
  const reservation = { id: uuid(), itemId, draftId, expiresAt: new Date(Date.now() + 600_000).toISOString() };
  const holds = createHolds({
    reservations: {
      take: async () => {
        givenBack = giveBack(desk.work, [itemId], nobody);
        return reservation;
      },
      renew: async () => reservation,
      release: () => undefined,
      settled: async () => undefined,
    },
    here: createLocalHolds({
      store: {
        selectFrom: () => {
          throw new Error('no draft is read with a line');
        },
      } as never,
      work: desk.work,
      outbox: { isUsed: () => true, holdsChanged: () => undefined },
      reads: { inventory: { item: async () => ({ id: itemId, share: { kind: 'own' } }) } } as never,
      link: () => ({ state: 'online', since: '', centralUrl: '', error: null }),
      userName: () => 'Ana',
      now: () => new Date(),
    }),
    now: () => new Date(),
  });
  await holds.take(draftId, itemId);
  expect(givenBack).toEqual([]);
  expect(giveBack(desk.work, [itemId], nobody)).toEqual([]);
  holds.release(draftId, [{ item: { id: itemId } } as never]);
  expect(giveBack(desk.work, [itemId], nobody)).toEqual([itemId]);
});

it('a draft has an item of another one with a line only, where head office says which of the two', async () => {
  const { desk } = openShares();
  const hold = (draftId: string) => ({ itemId: 11, draftId, userName: 'Ana' });
  expect(announceHold(desk.work, hold('a'))).toEqual({ alone: true, isNew: true });
  expect(announceHold(desk.work, hold('a'))).toEqual({ alone: true, isNew: false });
  expect(announceHold(desk.work, hold('b'))).toEqual({ alone: false, isNew: false });
  expect(takeHere(desk.work, hold('b'))).toMatchObject({ held: false, by: { draftId: 'a', leased: true } });
  expect(takeHere(desk.work, hold('a'))).toEqual({ held: true });
});
