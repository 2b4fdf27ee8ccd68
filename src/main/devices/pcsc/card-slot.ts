import { setTimeout as pause } from 'node:timers/promises';
import type { Reader, ReaderStatusFlags } from 'pcsc-mini';
import type { DeviceCard, DeviceEvent, DeviceProblem, DeviceState } from '#core/scan/schema.ts';
import { monotonicMs, type ReadOutcome } from '../messages.ts';
import type { SimMemory } from '../sim-memory.ts';
import type { DriverSink } from '../sink.ts';
import { type CardRead, readCard } from './card-read.ts';

/** One PC/SC reader and the card in it. */
export interface CardSlot {
  readonly id: string;
  change(status: ReaderStatusFlags): void;
  read(): Promise<ReadOutcome>;
  /** The reader is gone or no longer watched: a read that is under way is forgotten. */
  end(): void;
}

// The values of pcsc-mini's ReaderStatus.
const PRESENT = 32;
const MUTE = 512;
const ATTEMPTS = 3;
const ATTEMPT_PAUSE_MS = 300;
const NO_CARD: DeviceCard = { state: 'absent', iccid: null, imsi: null };

export function createCardSlot(reader: Reader, sink: DriverSink, memory: SimMemory): CardSlot {
  const name = reader.name();
  const id = `pcsc:${name}`;
  let card: DeviceCard = NO_CARD;
  /** Changes with every insertion and removal: what a read brings is believed only while its number is current. */
  let insertion = 0;
  let isPresent = false;
  let changes = -1;
  let isEnded = false;
  let reading: Promise<unknown> = Promise.resolve();

  function put(state: DeviceState, problem: DeviceProblem | null, detail: string | null, event?: DeviceEvent) {
    if (!isEnded) sink.put({ id, source: 'pcsc', name, path: null, state, problem, detail, card }, event);
  }

  /** One read at a time, whoever asks. */
  function readNext(): Promise<CardRead> {
    const next = reading.then(() => readCard(reader));
    reading = next;
    return next;
  }

  function accept(iccid: string) {
    card = { state: 'read', iccid, imsi: null };
    const isNews = memory.see(id, iccid);
    put('ready', null, null, 'card_read');
    if (isNews) sink.scan(id, 'pcsc', iccid);
  }

  function refuse(problem: DeviceProblem, detail: string | null) {
    card = { state: 'unreadable', iccid: null, imsi: null };
    put('ready', problem, detail, 'card_failed');
  }

  /** Reads the inserted card; a failure is tried again, because a card on its way in or out fails first. */
  async function readInserted() {
    const mine = insertion;
    for (let attempt = 1; mine === insertion; attempt += 1) {
      const found = await readNext();
      if (mine !== insertion) return;
      if (found.state === 'read') return accept(found.iccid);
      if (attempt === ATTEMPTS || found.state === 'hung') {
        return refuse(found.state === 'busy' ? 'card_busy' : 'card_unreadable', found.detail);
      }
      await pause(ATTEMPT_PAUSE_MS);
    }
  }

  function inserted(isMute: boolean) {
    insertion += 1;
    card = { state: 'reading', iccid: null, imsi: null };
    put('busy', null, null, 'card_inserted');
    if (isMute) refuse('card_mute', null);
    else void readInserted();
  }

  function removed() {
    const wasReading = card.state === 'reading';
    insertion += 1;
    card = NO_CARD;
    memory.see(id, null);
    put('ready', wasReading ? 'card_removed' : null, null, 'card_removed');
  }

  function change(status: ReaderStatusFlags) {
    // The upper half counts insertions and removals: a card swapped faster than we look still changes it.
    const counted = status.raw >>> 16;
    const wasPresent = isPresent;
    const isSwapped = counted !== changes;
    changes = counted;
    isPresent = status.has(PRESENT);
    if (wasPresent && (!isPresent || isSwapped)) removed();
    if (isPresent && (!wasPresent || isSwapped)) return inserted(status.has(MUTE));
    if (!isPresent && !wasPresent) {
      memory.see(id, null);
      put('ready', null, null);
    }
  }

  /** What is read on request is no longer news when the read after the insertion brings it. */
  async function readNow(): Promise<ReadOutcome> {
    const mine = insertion;
    if (isEnded) return { ok: false, reason: 'not_ready', detail: null };
    if (!isPresent) return { ok: false, reason: 'absent', detail: null };
    const found = await readNext();
    if (mine !== insertion) return { ok: false, reason: 'card_removed', detail: null };
    if (found.state === 'read') {
      memory.see(id, found.iccid);
      return { ok: true, text: found.iccid, receivedAt: monotonicMs() };
    }
    return { ok: false, reason: 'card_unreadable', detail: found.detail };
  }

  return {
    id,
    change,
    read: readNow,
    end: () => {
      insertion += 1;
      isEnded = true;
    },
  };
}
