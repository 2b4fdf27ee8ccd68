import { z } from 'zod';
import { DeviceEvent, DeviceSettings, DeviceStatus, ScanSource } from '#core/scan/schema.ts';

/*
 * What the desk's host and the process that runs the drivers say to each other. The drivers run in a process of their
 * own: a native call that hangs or crashes there takes neither the host nor its thread pool with it.
 */

/** A device as its driver knows it; the host adds the times. */
export const DeviceReport = DeviceStatus.omit({ since: true, lastScanAt: true });
export type DeviceReport = z.infer<typeof DeviceReport>;

/** What a card or modem read on demand gave; `absent`: there is no SIM in it. */
export const ReadOutcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), text: z.string(), receivedAt: z.number() }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(['absent', 'not_found', 'not_ready', 'card_removed', 'card_unreadable']),
    detail: z.string().nullable(),
  }),
]);
export type ReadOutcome = z.infer<typeof ReadOutcome>;

export const ToDrivers = z.discriminatedUnion('type', [
  z.object({ type: z.literal('configure'), settings: DeviceSettings }),
  z.object({ type: z.literal('read'), requestId: z.int(), deviceId: z.string() }),
  z.object({ type: z.literal('ping'), at: z.number() }),
  z.object({ type: z.literal('stop') }),
]);
export type ToDrivers = z.infer<typeof ToDrivers>;

/** `surveyed`: every driver has looked once, so a device that was not reported is not there. */
export const FromDrivers = z.discriminatedUnion('type', [
  z.object({ type: z.literal('device'), event: DeviceEvent, report: DeviceReport }),
  z.object({ type: z.literal('gone'), deviceId: z.string() }),
  z.object({
    type: z.literal('scan'),
    deviceId: z.string(),
    source: ScanSource,
    text: z.string(),
    receivedAt: z.number(),
  }),
  z.object({ type: z.literal('read'), requestId: z.int(), outcome: ReadOutcome }),
  z.object({ type: z.literal('surveyed') }),
  z.object({ type: z.literal('pong'), at: z.number() }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warn', 'error']),
    message: z.string(),
    detail: z.string(),
  }),
]);
export type FromDrivers = z.infer<typeof FromDrivers>;

/** Milliseconds on the machine's monotonic clock, the same for every process since boot. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
