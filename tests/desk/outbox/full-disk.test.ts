import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyJournal } from '../../../src/main/journal/journal.ts';
import { mountSmallDisk, smallDisk } from '../../parts/small-disk.ts';
import { waitUntil } from '../../parts/wait.ts';
import { type OutboxDesk, openOutbox, orderedDraft } from './outbox-desk.ts';
import { createStandIn } from './stand-in.ts';

const SIZE_KIB = 4_096;

/** A disk that is nearly full of somebody else's files. */
function mount() {
  const disk = mountSmallDisk(SIZE_KIB);
  onTestFinished(disk.unmount);
  disk.fill(SIZE_KIB - 1_024);
  return disk;
}

/** Orders until the disk takes no more. */
async function sellUntilFull(desk: OutboxDesk, most: number) {
  const kept: string[] = [];
  for (let item = 1; item <= most; item += 1) {
    try {
      kept.push((await desk.placeOrder(123, [item], orderedDraft([item]))).id);
    } catch (error) {
      return { kept, error };
    }
  }
  throw new Error('the disk never was full');
}

function expectWhole({ work, outbox }: OutboxDesk, kept: readonly string[]) {
  const counts = work.read((sql) => [
    sql.all('select id from outbox').length,
    sql.all(`select seq from journal where event = 'command.saved'`).length,
    sql.all('select item_id from local_hold').length,
  ]);
  expect(counts).toEqual([kept.length, kept.length, kept.length]);
  expect(outbox.counts().waiting).toBe(kept.length);
}

const goneUp = ({ outbox }: OutboxDesk) => waitUntil(() => outbox.counts().waiting === 0, 'all to go up');

describe.skipIf(!smallDisk.available)(
  `on a disk that is really full${smallDisk.reason && ` (${smallDisk.reason})`}`,
  () => {
    it('what can not be kept is refused plainly and nothing of it is there, also after a start on the full disk', async () => {
      const disk = mount();
      const central = createStandIn();
      const desk = openOutbox({ folder: disk.folder, central });
      const { kept, error } = await sellUntilFull(desk, 5_000);
      expect(error).toMatchObject({ code: 'not_saved', data: { reason: 'disk_full' } });
      expect(kept.length).toBeGreaterThan(20);
      expectWhole(desk, kept);
      disk.fill();
      await expect(desk.createCustomer('Full')).rejects.toMatchObject({
        code: 'not_saved',
        data: { reason: 'disk_full' },
      });
      expectWhole(desk, kept);
      expect((await verifyJournal(desk.work)).intact).toBe(true);
      await desk.close();

      disk.fill();
      const again = openOutbox({ folder: disk.folder, central });
      expect(again.work.setAside()).toBeNull();
      expectWhole(again, kept);
      disk.makeRoom();
      again.online();
      await goneUp(again);
      expect(central.effects.map(({ id }) => id)).toEqual(kept);
      expect((await verifyJournal(again.work)).intact).toBe(true);
      await again.close();
    });

    it('an answer that can not be kept is asked for again, and what it was for is done once', async () => {
      const disk = mount();
      const central = createStandIn();
      const desk = openOutbox({ folder: disk.folder, central, random: () => 0 });
      const { id } = await desk.placeOrder(123, [1], orderedDraft([1]));
      disk.fill();
      // The log has room of its own; it is taken too.
      await sellUntilFull(desk, 5_000);
      const waiting = desk.outbox.counts().waiting;
      desk.online();
      await waitUntil(() => central.decided.size === waiting, 'all to arrive');
      expect(desk.outbox.counts().waiting).toBe(waiting);
      disk.makeRoom();
      desk.online();
      await goneUp(desk);
      expect(central.effects.filter((effect) => effect.id === id)).toHaveLength(1);
      expect(central.effects).toHaveLength(waiting);
      expect(existsSync(path.join(disk.folder, 'work.sqlite'))).toBe(true);
      await desk.close();
    });
  },
);
