import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { monotonicMs } from '../../src/main/devices/messages.ts';
import type { Sim } from '../../tests/e2e/wizard-parts.ts';
import { type Part, part, pcscd, socat } from '../../tests/parts/available.ts';
import { startPcscd } from '../../tests/parts/pcscd.ts';
import { plugInSerial } from '../../tests/parts/serial-cable.ts';
import { insertVirtualSim, type VirtualSim } from '../../tests/parts/virtual-sim.ts';
import { waitUntil } from '../../tests/parts/wait.ts';
import type { BenchDesk } from './desk.ts';

/** A way to scan, with the person who does it. Times are of the machine's monotonic clock. */
export interface Reader {
  /** Scans a card and tells when its last byte left: for a reader of cards, when the card went in. */
  scan(sim: Sim): Promise<number>;
  /** Makes ready for the next card. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface ReaderKind {
  readonly name: string;
  readonly part: Part;
  /** From when to when. */
  readonly note: string;
  /** Also measured from when the desk had read the card. */
  readonly fromRead?: string;
  open(desk: BenchDesk): Promise<Reader>;
}

const KEY_DELAY_MS = 3;

/** Keys by Chromium's own input pipeline, one every 3 ms as a reader sends them, each with its own time. */
async function openWedge({ page }: BenchDesk): Promise<Reader> {
  const devtools = await page.context().newCDPSession(page);
  return {
    async scan({ iccid }) {
      const [begun, wall] = [monotonicMs(), Date.now()];
      const pressed: Promise<unknown>[] = [];
      const press = async (key: string, text: string) => {
        const after = pressed.length * KEY_DELAY_MS;
        while (monotonicMs() < begun + after) await pause(1);
        const sent = monotonicMs();
        const timestamp = (wall + after) / 1000;
        pressed.push(devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, timestamp }));
        return sent;
      };
      for (const key of iccid) await press(key, key);
      const sent = await press('Enter', '\r');
      await Promise.all(pressed);
      return sent;
    },
    clear: async () => undefined,
    close: () => devtools.detach(),
  };
}

async function openSerial({ page, open }: BenchDesk): Promise<Reader> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-bench-port-'));
  // The desk may run as another user.
  await chmod(folder, 0o755);
  const port = path.join(folder, 'reader');
  const cable = await plugInSerial(port);
  await open('/devices');
  await addPort(page, port);
  return {
    async scan({ iccid }) {
      const sent = monotonicMs();
      await cable.send(`${iccid}\r\n`);
      return sent;
    },
    clear: async () => undefined,
    async close() {
      await cable.unplug();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const PORT_NAME = 'Bench reader';

async function addPort(page: Page, port: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Port' }).fill(port);
  await page.getByLabel('Name', { exact: true }).fill(PORT_NAME);
  await page.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: 'Reader', exact: true }).click();
  await page.getByRole('button', { name: 'Add port' }).click();
  await untilReady(page, PORT_NAME);
}

/** On the devices page: the test of a device can be pressed as soon as it is ready. */
async function untilReady(page: Page, name: string): Promise<void> {
  await page.locator(`button:enabled[aria-label*="${name}"]`).first().waitFor();
}

async function openPcsc({ page, open }: BenchDesk): Promise<Reader> {
  const service = await startPcscd();
  await open('/devices');
  await untilReady(page, 'Virtual PCD');
  let card: VirtualSim | undefined;
  const removals = () => page.evaluate(() => globalThis.bench.cardsRemoved);
  const clear = async () => {
    const before = await removals();
    await card?.remove();
    if (card) await waitUntil(async () => (await removals()) > before, 'the desk to see that the card is gone');
    card = undefined;
  };
  return {
    async scan({ iccid }) {
      const inserted = monotonicMs();
      card = await insertVirtualSim({ port: service.readerPort, iccid });
      return inserted;
    },
    clear,
    async close() {
      await card?.remove();
      await service.stop();
    },
  };
}

export const readers: readonly ReaderKind[] = [
  { name: 'keyboard wedge', part: part(null), note: 'from the Enter key', open: openWedge },
  { name: 'serial', part: socat, note: 'from the line, through a pseudo-terminal', open: openSerial },
  {
    name: 'PC/SC',
    part: pcscd,
    note: 'from the insertion; the virtual reader’s socket costs some 40 ms for each of the card’s answers',
    fromRead: 'from the moment the card’s number was read',
    open: openPcsc,
  },
];
