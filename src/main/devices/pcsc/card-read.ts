import { setTimeout as pause } from 'node:timers/promises';
import type { Card, Reader } from 'pcsc-mini';
import { type IccidRead, readIccidExchange } from '#core/scan/sim-apdu.ts';

// pcsc-mini's enums exist only as types for us: the module itself is loaded late, because it may be missing.
const SHARED = 2;
const LEAVE = 0;

/** A card that answers takes half a second; one that does not must not be waited for. */
const LIMIT_MS = 10_000;

/** `busy`: another program holds the card. `failed` may be a card on its way out: look whether it is still there. */
export type CardRead =
  | { readonly state: 'read'; readonly iccid: string }
  | { readonly state: 'busy' | 'failed' | 'hung'; readonly detail: string };

async function exchange(card: Card): Promise<IccidRead> {
  const commands = readIccidExchange();
  let step = commands.next();
  while (!step.done) step = commands.next(await card.transmit(step.value));
  return step.value;
}

/** In a transaction, so that no other program selects another file in between. */
async function readConnected(card: Card): Promise<IccidRead> {
  const transaction = await card.transaction();
  try {
    return await exchange(card);
  } finally {
    await transaction.end(LEAVE).catch(() => undefined);
  }
}

async function connectAndRead(reader: Reader): Promise<CardRead> {
  try {
    const card = await reader.connect(SHARED);
    try {
      const read = await readConnected(card);
      return read.ok ? { state: 'read', iccid: read.iccid } : { state: 'failed', detail: read.detail };
    } finally {
      await card.disconnect(LEAVE).catch(() => undefined);
    }
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? error);
    return { state: /sharing/i.test(code) ? 'busy' : 'failed', detail: code };
  }
}

/** Reads the ICCID of the card in a reader. Never rejects, and gives up on a card that does not answer. */
export async function readCard(reader: Reader): Promise<CardRead> {
  const limit = new AbortController();
  const hung = pause(LIMIT_MS, { state: 'hung', detail: 'no answer from the card' } as const, {
    signal: limit.signal,
    ref: false,
  });
  try {
    return await Promise.race([connectAndRead(reader), hung]);
  } finally {
    limit.abort();
    await hung.catch(() => undefined);
  }
}
