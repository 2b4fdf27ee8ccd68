import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, Reader } from 'pcsc-mini';
import type { DeviceProblem, DeviceSettings } from '#core/scan/schema.ts';
import { monotonicMs } from '../messages.ts';
import { createSimMemory } from '../sim-memory.ts';
import type { Driver, DriverSink } from '../sink.ts';
import { type CardSlot, createCardSlot } from './card-slot.ts';

type PcscSettings = DeviceSettings['pcsc'];

const SERVICE_ID = 'pcsc';
const RETRY_MS = 1_500;
const IDLE_MS = 100;
/** A reader that Windows makes up for its own sign-in. */
const NEVER_A_SIM = /^Windows Hello/i;
/** Readers that are announced this soon after we connect were there before: their cards are not news. */
const FIRST_LOOK_MS = 1_000;

/** A new PC/SC client. Throws when the system's library or service is missing; `problem` says which. */
function connectService(): Client {
  let pcsc: typeof import('pcsc-mini');
  try {
    pcsc = createRequire(import.meta.url)('pcsc-mini');
  } catch (error) {
    throw Object.assign(new Error(String(error)), { problem: 'pcsc_library_missing' });
  }
  return new pcsc.Client();
}

function problemOf(error: unknown): DeviceProblem {
  const isLibrary = (error as { problem?: string }).problem === 'pcsc_library_missing';
  return isLibrary ? 'pcsc_library_missing' : 'pcsc_service_missing';
}

/** PC/SC readers with SIM cards. Needs the system's service; says so while it is missing, and waits for it. */
export function createPcscDriver(sink: DriverSink): Driver<PcscSettings> {
  const memory = createSimMemory();
  const slots = new Map<string, CardSlot>();
  const stopping = new AbortController();
  let isEnabled: boolean | null = null;
  let client: Client | null = null;
  let lose: () => void = () => undefined;
  let markSurveyed: () => void = () => undefined;
  const surveyed = new Promise<void>((resolve) => {
    markSurveyed = resolve;
  });

  function addReader(reader: Reader, isThereBefore: boolean) {
    if (NEVER_A_SIM.test(reader.name())) return;
    const slot = createCardSlot(reader, sink, memory);
    slots.set(slot.id, slot);
    if (!isThereBefore) memory.unplugged(slot.id);
    reader.on('change', (status) => slot.change(status));
    reader.on('disconnect', () => {
      // Stopping the client disconnects its readers too; nobody unplugged those.
      if (!slots.delete(slot.id)) return;
      slot.end();
      memory.unplugged(slot.id);
      sink.remove(slot.id);
    });
  }

  function missing(error: unknown) {
    const base = { id: SERVICE_ID, source: 'pcsc' as const, name: 'PC/SC', path: null, card: null };
    sink.put({ ...base, state: 'service_missing', problem: problemOf(error), detail: String(error) });
  }

  /** Watches the readers until the driver is stopped or readers are switched off. Rejects when the service is lost. */
  async function watchReaders() {
    const connected = connectService();
    const since = monotonicMs();
    const lost = new Promise<void>((resolve, reject) => {
      lose = resolve;
      connected.on('error', reject);
    });
    connected.on('reader', (reader) => addReader(reader, monotonicMs() - since < FIRST_LOOK_MS));
    connected.start();
    client = connected;
    sink.remove(SERVICE_ID);
    void pause(FIRST_LOOK_MS, undefined, { signal: stopping.signal }).then(markSurveyed, markSurveyed);
    await lost;
  }

  function dropReaders() {
    for (const slot of slots.values()) {
      slot.end();
      memory.lostSight(slot.id);
      sink.remove(slot.id);
    }
    slots.clear();
    if (client === null) return;
    client.removeAllListeners('reader');
    client.on('error', () => undefined);
    try {
      client.stop();
    } catch {
      // A client whose service has died can't be stopped; it holds nothing any more.
    }
    client = null;
  }

  async function run() {
    while (!stopping.signal.aborted) {
      if (isEnabled) {
        const failure = await watchReaders().catch((error: unknown) => error);
        dropReaders();
        if (failure !== undefined && !stopping.signal.aborted) missing(failure);
      } else {
        sink.remove(SERVICE_ID);
      }
      if (isEnabled !== null) markSurveyed();
      await pause(isEnabled ? RETRY_MS : IDLE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const running = run();

  return {
    configure: (settings) => {
      isEnabled = settings.enabled;
      if (!isEnabled) lose();
    },
    surveyed: () => surveyed,
    read: (deviceId) => slots.get(deviceId)?.read(),
    stop: () => {
      stopping.abort();
      lose();
      return running;
    },
  };
}
