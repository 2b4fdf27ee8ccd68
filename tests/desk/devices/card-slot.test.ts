import type { Card, Reader } from 'pcsc-mini';
import { expect, test } from 'vitest';
import { encodeIccid } from '#core/scan/sim-apdu.ts';
import type { FromDrivers } from '../../../src/main/devices/messages.ts';
import { createCardSlot } from '../../../src/main/devices/pcsc/card-slot.ts';
import { createSimMemory } from '../../../src/main/devices/sim-memory.ts';
import { createSink } from '../../../src/main/devices/sink.ts';
import { waitUntil } from '../../parts/wait.ts';

/*
 * Orders of events that a real reader produces too rarely to wait for: here the reader is made by hand, so that a card
 * answers exactly when the test says.
 */

const PRESENT = 0x20;
const EMPTY = 0x10;

/** A reader whose cards answer READ BINARY when `answer` is called, oldest first. */
function handReader() {
  const waiting: ((iccid: string) => void)[] = [];
  const transmit = (command: Uint8Array) =>
    command[1] === 0xb0
      ? new Promise<Uint8Array>((resolve) => {
          waiting.push((iccid) => resolve(Uint8Array.of(...encodeIccid(iccid), 0x90, 0)));
        })
      : Promise.resolve(Uint8Array.of(0x90, 0));
  const end = () => Promise.resolve();
  const card = { transmit, transaction: () => Promise.resolve({ end }), disconnect: end };
  const reader = { name: () => 'Hand', connect: () => Promise.resolve(card as unknown as Card) };
  return { reader: reader as unknown as Reader, waiting };
}

function slotUnderTest() {
  const { reader, waiting } = handReader();
  const told: FromDrivers[] = [];
  const slot = createCardSlot(
    reader,
    createSink((message) => told.push(message)),
    createSimMemory(),
  );
  const change = (flags: number, count: number) =>
    slot.change({ raw: (count << 16) | flags, has: (flag: number) => (flags & flag) !== 0, hasAny: () => false });
  const events = () => told.flatMap((message) => (message.type === 'device' ? [message.event] : []));
  const scans = () => told.flatMap((message) => (message.type === 'scan' ? [message.text] : []));
  return { slot, change, waiting, events, scans };
}

const untilAsked = (waiting: unknown[], count: number) =>
  waitUntil(() => waiting.length >= count, 'the card to be read');

test('a read that ends after its card was pulled out is forgotten', async () => {
  const { change, waiting, events, scans } = slotUnderTest();
  change(EMPTY, 0);
  change(PRESENT, 1);
  await untilAsked(waiting, 1);
  change(EMPTY, 2);
  change(PRESENT, 3);
  waiting[0]?.('8944110068250000010');
  await untilAsked(waiting, 2);
  waiting[1]?.('89441100682500000124');
  await waitUntil(() => scans().length > 0, 'a scan');
  expect(scans()).toEqual(['89441100682500000124']);
  expect(events()).toEqual(['added', 'card_inserted', 'card_removed', 'card_inserted', 'card_read']);
});

test('a card that was swapped between two looks is a removal and an insertion', async () => {
  const { change, waiting, events, scans } = slotUnderTest();
  change(EMPTY, 0);
  for (const count of [1, 3]) {
    change(PRESENT, count);
    await untilAsked(waiting, count === 1 ? 1 : 2);
    waiting.at(-1)?.('8944110068250000010');
    await waitUntil(() => scans().length === (count === 1 ? 1 : 2), 'a scan');
  }
  expect(events()).toEqual(['added', 'card_inserted', 'card_read', 'card_removed', 'card_inserted', 'card_read']);
});

test('other changes of a card that stays are not insertions', async () => {
  const { change, waiting, events, scans } = slotUnderTest();
  change(EMPTY, 0);
  change(PRESENT, 1);
  await untilAsked(waiting, 1);
  change(PRESENT | 0x100, 1);
  waiting[0]?.('8944110068250000010');
  await waitUntil(() => scans().length === 1, 'a scan');
  change(PRESENT, 1);
  expect(events()).toEqual(['added', 'card_inserted', 'card_read']);
});

test('a reader that is no longer watched says nothing more', async () => {
  const { slot, change, waiting, events, scans } = slotUnderTest();
  change(PRESENT, 1);
  await untilAsked(waiting, 1);
  slot.end();
  waiting[0]?.('8944110068250000010');
  expect(await slot.read()).toMatchObject({ ok: false, reason: 'not_ready' });
  expect(scans()).toEqual([]);
  expect(events()).toEqual(['card_inserted']);
});

test('a mute card is reported and not read', () => {
  const { change, waiting, events } = slotUnderTest();
  change(EMPTY, 0);
  change(PRESENT | 0x200, 1);
  expect(waiting).toEqual([]);
  expect(events()).toEqual(['added', 'card_inserted', 'card_failed']);
});
