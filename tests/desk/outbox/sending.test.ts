import { describe, expect, it, onTestFinished } from 'vitest';
import { fail } from '../../../src/main/failures.ts';
import { verifyJournal } from '../../../src/main/journal/journal.ts';
import { waitUntil } from '../../parts/wait.ts';
import { journalOf } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { openOutbox } from './outbox-desk.ts';
import { createStandIn, type Fate } from './stand-in.ts';

const newFolder = testFolders();

function open(central = createStandIn(), folder = newFolder()) {
  // The shortest pauses that the backoff allows.
  const desk = openOutbox({ folder, central, random: () => -0.98 });
  onTestFinished(() => desk.close());
  return { ...desk, central, folder };
}

const allSent = ({ outbox }: ReturnType<typeof open>) =>
  waitUntil(() => outbox.counts().waiting === 0, 'everything to be sent');

describe('sending', () => {
  it('what was made without a line goes up in order, the desk’s ids replaced by head office’s numbers', async () => {
    const desk = open();
    const customer = await desk.createCustomer('Noor');
    const site = await desk.createSite(customer.customerId);
    const order = await desk.placeOrder(customer.customerId, [11]);
    expect([customer, site, order].map(({ state }) => state)).toEqual(['saved', 'saved', 'saved']);
    expect([customer.localId, site.localId, order.localId]).toEqual([-1, -2, null]);
    desk.online();
    await allSent(desk);
    expect(desk.central.effects.map(({ type }) => type)).toEqual(['customer.create', 'site.create', 'order.place']);
    const numberOf = desk.outbox.numbers.get(-1);
    expect(numberOf).toBeGreaterThan(0);
    expect(desk.central.effects[2]?.payload.customerId).toBe(numberOf);
    expect(JSON.stringify(desk.central.requests)).not.toContain('"customerId":-');
    expect(journalOf(desk.folder).map(({ event }) => event)).toEqual([
      ...['command.saved', 'command.saved', 'command.saved'],
      ...['command.accepted', 'command.accepted', 'command.accepted'],
    ]);
  });

  it.each<Fate[]>([
    ['lost_before', 'lost_before'],
    ['lost_after', 'lost_after', 'lost_before'],
    ['twice'],
    ['partly', 'partly', 'lost_after'],
    ['reordered', 'lost_after'],
    ['later', 'later', 'partly', 'slow'],
  ])('each piece of work takes effect once when answers fare %s %s %s %s', async (...fates) => {
    const desk = open();
    for (let count = 0; count < 5; count += 1) await desk.createCustomer(`Person ${count}`);
    desk.central.next(...fates);
    desk.online();
    await allSent(desk);
    expect(desk.central.effects.map(({ payload }) => payload.name)).toHaveLength(5);
    expect(new Set(desk.central.effects.map(({ id }) => id)).size).toBe(5);
    expect((await desk.entries()).every(({ state }) => state === 'accepted')).toBe(true);
    expect(desk.central.most()).toBe(1);
  });

  it('says of what did not arrive how often and why, and never sends two batches at once', async () => {
    const desk = open();
    await desk.createCustomer('Noor');
    desk.central.next('lost_before', 'slow', 'slow');
    desk.online();
    for (let kick = 0; kick < 20; kick += 1) desk.outbox.send();
    await allSent(desk);
    const tried = desk.heard.find(({ attempts }) => attempts === 1);
    expect(tried).toMatchObject({ state: 'saved', error: { code: 'unavailable' } });
    expect(tried?.lastTriedAt).not.toBeNull();
    expect(desk.central.most()).toBe(1);
  });

  it('the answer is head office’s when it comes in time, the desk’s own word when it does not', async () => {
    const desk = open();
    desk.online();
    expect((await desk.createCustomer('Quick')).state).toBe('accepted');
    desk.central.next('lost_after');
    expect((await desk.createCustomer('Unheard')).state).toBe('saved');
    await allSent(desk);
    expect(desk.central.effects).toHaveLength(2);
  });

  it('a refusal in time is settled at once; one that comes later waits for a person', async () => {
    const central = createStandIn({ refuse: ({ payload }) => (payload.name === 'Twin' ? 'possible_duplicate' : null) });
    const desk = open(central);
    desk.online();
    expect(await desk.createCustomer('Twin')).toMatchObject({ state: 'settled', settlement: 'reopened' });
    expect(desk.outbox.counts()).toMatchObject({ waiting: 0, refused: 0 });
    desk.offline();
    await desk.createCustomer('Twin');
    desk.online();
    await waitUntil(() => desk.outbox.counts().refused === 1, 'the refusal');
    expect((await verifyJournal(desk.work)).intact).toBe(true);
  });

  it('work that head office can’t read is a refusal, and stops nothing beside it', async () => {
    const central = createStandIn();
    const real = central.sync.commands as unknown as (batch: { payload: { name?: string } }[]) => Promise<unknown>;
    central.sync.commands = (async (batch: { payload: { name?: string } }[]) => {
      if (batch.some(({ payload }) => payload.name === 'Poison')) throw fail('invalid_input', { issues: [] });
      return real(batch);
    }) as never;
    const desk = open(central);
    for (const name of ['A', 'B', 'Poison', 'C', 'D']) await desk.createCustomer(name);
    desk.online();
    await waitUntil(() => desk.outbox.counts().waiting === 0, 'everything to be decided');
    expect(central.effects.map(({ payload }) => payload.name)).toEqual(['A', 'B', 'C', 'D']);
    expect((await desk.entries()).find(({ state }) => state === 'refused')?.subject).toBe('Poison');
  });

  it('stops when head office does not know the desk, and goes on once it is enrolled again', async () => {
    const central = createStandIn();
    const real = central.sync.commands;
    let asked = 0;
    central.sync.commands = (async () => {
      asked += 1;
      desk.become({ state: 'none' });
      throw fail('desk_unknown');
    }) as never;
    const desk = open(central);
    await desk.createCustomer('Noor');
    desk.online();
    await waitUntil(() => asked === 1, 'the desk to be turned away');
    desk.outbox.send();
    await new Promise(setImmediate);
    expect(asked).toBe(1);
    expect(desk.outbox.counts().waiting).toBe(1);
    central.sync.commands = real;
    desk.become({ state: 'enrolled', desk: { id: crypto.randomUUID(), name: 'Till 1', store: { id: 1, name: 'S' } } });
    desk.outbox.send();
    await allSent(desk);
  });

  it('a clock that jumps a day changes nothing in the order', async () => {
    const central = createStandIn();
    const folder = newFolder();
    let day = 10;
    const desk = openOutbox({ folder, central, now: () => new Date(Date.UTC(2026, 10, day)) });
    onTestFinished(() => desk.close());
    for (const [index, jump] of [10, 9, 12, 11].entries()) {
      day = jump;
      await desk.changeCustomer(123, `Name ${index}`);
    }
    desk.online();
    await waitUntil(() => desk.outbox.counts().waiting === 0, 'everything to be sent');
    expect(central.effects.map(({ payload }) => payload.name)).toEqual(['Name 0', 'Name 1', 'Name 2', 'Name 3']);
    expect((await verifyJournal(desk.work)).intact).toBe(true);
  });
});

describe('decisions', () => {
  const refusing = () =>
    open(
      createStandIn({
        refuse: ({ payload }) => (payload.name === 'Twin' && !payload.allowDuplicate ? 'possible_duplicate' : null),
      }),
    );

  async function refusedTwin() {
    const desk = refusing();
    const customer = await desk.createCustomer('Twin');
    const site = await desk.createSite(customer.customerId);
    const order = await desk.placeOrder(customer.customerId, [11]);
    desk.online();
    await waitUntil(() => desk.outbox.counts().refused === 1, 'the refusal');
    return { desk, customer, site, order };
  }

  it('what builds on a refusal is blocked by it, and goes on when it is sent again', async () => {
    const { desk, customer, site, order } = await refusedTwin();
    const listed = new Map((await desk.entries()).map((entry) => [entry.id, entry]));
    expect(listed.get(site.id)?.blockedBy).toBe(customer.id);
    expect(listed.get(order.id)).toMatchObject({ blockedBy: customer.id, choices: [] });
    expect(listed.get(customer.id)?.choices).toEqual(['linked', 'retried', 'cancelled']);
    await desk.outbox.settle({ id: customer.id, settlement: 'retried' });
    await allSent(desk);
    expect(desk.central.effects.map(({ type }) => type)).toEqual(['customer.create', 'site.create', 'order.place']);
    expect(desk.central.effects.map(({ id }) => id)).not.toContain(customer.id);
  });

  it('said to be an existing customer, all goes to that one', async () => {
    const { desk, customer, order } = await refusedTwin();
    const link = () => desk.outbox.settle({ id: customer.id, settlement: 'linked' });
    await expect(link()).rejects.toMatchObject({ code: 'invalid_input' });
    await desk.outbox.settle({ id: customer.id, settlement: 'linked', customerId: 456 });
    await allSent(desk);
    expect(desk.central.effects.find(({ id }) => id === order.id)?.payload.customerId).toBe(456);
  });

  it('cancelled, what builds on it needs a person too, and can only be opened again or cancelled', async () => {
    const { desk, customer, site, order } = await refusedTwin();
    await desk.outbox.settle({ id: customer.id, settlement: 'cancelled' });
    expect(desk.outbox.counts()).toMatchObject({ waiting: 0, refused: 2 });
    const listed = new Map((await desk.entries()).map((entry) => [entry.id, entry]));
    expect(listed.get(site.id)).toMatchObject({
      state: 'refused',
      error: { code: 'not_found' },
      choices: ['cancelled'],
    });
    expect(listed.get(order.id)?.choices).toEqual(['reopened', 'cancelled']);
    expect(await desk.outbox.settle({ id: order.id, settlement: 'reopened' })).toEqual({ draftId: order.draftId });
    await expect(desk.outbox.settle({ id: order.id, settlement: 'cancelled' })).rejects.toMatchObject({
      code: 'already_settled',
    });
    expect(desk.central.effects).toEqual([]);
    await expect(desk.createSite(customer.customerId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a withdrawn desk’s work is handed in by a person, once', async () => {
    const desk = open();
    const customer = await desk.createCustomer('Noor');
    await desk.placeOrder(customer.customerId, [11]);
    await expect(desk.outbox.handIn()).rejects.toMatchObject({ code: 'desk_not_revoked' });
    desk.become({ state: 'revoked', desk: { id: crypto.randomUUID(), name: 'Till 1', store: { id: 1, name: 'S' } } });
    expect(await desk.outbox.handIn()).toEqual({ accepted: 2, refused: 0 });
    expect(await desk.outbox.handIn()).toEqual({ accepted: 0, refused: 0 });
    expect(desk.central.effects).toHaveLength(2);
    expect(journalOf(desk.folder).at(-2)).toMatchObject({ event: 'work.handed_in', userId: 2 });
  });
});
