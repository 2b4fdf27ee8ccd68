import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outboxTransitions } from '#core/sync/outbox.ts';
import { verifyJournal } from '../../../src/main/journal/journal.ts';
import { waitUntil } from '../../parts/wait.ts';
import { journalOf } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { openOutbox } from './outbox-desk.ts';
import { createStandIn, type Fate } from './stand-in.ts';

const newFolder = testFolders();

const fates: Fate[] = ['arrives', 'lost_before', 'lost_after', 'twice', 'partly', 'reordered', 'later'];
const step = fc.oneof(
  fc.record({ do: fc.constant('customer' as const), twin: fc.boolean() }),
  fc.record({ do: fc.constant('order' as const), item: fc.integer({ min: 1, max: 6 }), of: fc.nat(3) }),
  fc.record({ do: fc.constant('change' as const) }),
  fc.record({ do: fc.constant('line' as const), fates: fc.array(fc.constantFrom(...fates), { maxLength: 3 }) }),
  fc.record({ do: fc.constant('crash' as const) }),
  fc.record({ do: fc.constant('settle' as const), choice: fc.nat(3) }),
);

it('whatever is saved, sent, lost, killed and decided: each acknowledged piece of work is in effect once, or decided', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const folder = newFolder();
      const central = createStandIn({
        refuse: ({ payload }) =>
          payload.name === 'Twin' && payload.allowDuplicate !== true ? 'possible_duplicate' : null,
      });
      const open = () => openOutbox({ folder, central, random: () => -0.98, soonMs: 5 });
      let desk = open();
      const acknowledged = new Set<string>();
      const customers = [123];
      const acknowledge = ({ id }: { id: string }) => acknowledged.add(id);
      const settleOne = async (choice: number) => {
        const refused = (await desk.entries()).filter(({ state }) => state === 'refused');
        const [entry] = refused;
        if (entry === undefined) return;
        const settlement = entry.choices[choice % entry.choices.length] ?? 'cancelled';
        await desk.outbox.settle({ id: entry.id, settlement, customerId: 456 });
      };
      for (const act of steps) {
        if (act.do === 'customer') {
          const made = await desk.createCustomer(act.twin ? 'Twin' : `Person ${acknowledged.size}`);
          acknowledge(made);
          customers.push(made.customerId);
        } else if (act.do === 'order') {
          const customerId = customers[act.of % customers.length] ?? 123;
          await desk.placeOrder(customerId, [act.item]).then(acknowledge, (error) => {
            expect(['item_not_available', 'not_found']).toContain(error.code);
          });
        } else if (act.do === 'change') {
          acknowledge(await desk.changeCustomer(123, `Name ${acknowledged.size}`));
        } else if (act.do === 'line') {
          central.next(...act.fates);
          desk.online();
          await new Promise((resolve) => setTimeout(resolve, 5));
          desk.offline();
        } else if (act.do === 'crash') {
          await desk.close();
          desk = open();
        } else {
          await settleOne(act.choice);
        }
      }
      desk.online();
      for (let left = 100; left > 0 && desk.outbox.counts().waiting + desk.outbox.counts().refused > 0; left -= 1) {
        await waitUntil(async () => {
          const entries = await desk.entries();
          return entries.every((one) => one.state !== 'saved' || one.blockedBy !== null);
        }, 'what can go up to go up');
        await settleOne(left);
      }
      const rows = desk.work.read((sql) => sql.all<{ id: string; state: string }>('select id, state from outbox'));
      const states = new Map(rows.map(({ id, state }) => [id, state]));
      const inEffect = central.effects.map(({ id }) => id);
      expect(new Set(inEffect).size).toBe(inEffect.length);
      for (const id of acknowledged) {
        expect(['accepted', 'settled']).toContain(states.get(id));
        expect(inEffect.includes(id)).toBe(states.get(id) === 'accepted');
      }
      const promised = central.effects.filter(({ type }) => type === 'order.place');
      const items = promised.flatMap(({ payload }) =>
        (payload.items as { itemId: number }[]).map(({ itemId }) => itemId),
      );
      expect(new Set(items).size).toBe(items.length);
      const journal = journalOf(folder);
      for (const { id } of rows) {
        const told = journal.filter(({ detail }) => detail.commandId === id).map(({ event }) => event.split('.')[1]);
        told.slice(1).forEach((to, index) => {
          expect(outboxTransitions[told[index] as 'saved']).toContain(to);
        });
      }
      expect((await verifyJournal(desk.work)).intact).toBe(true);
      await desk.close();
    }),
    { numRuns: 40 },
  );
});
