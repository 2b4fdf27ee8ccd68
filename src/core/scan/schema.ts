import { z } from 'zod';
import { usualWedge } from './wedge.ts';

/** Where a scan came from. A modem and a PC/SC reader read a SIM; a wedge and a serial reader read a printed code. */
export const ScanSource = z.enum(['wedge', 'serial', 'modem', 'pcsc']);
export type ScanSource = z.infer<typeof ScanSource>;

/** What one of our own QR codes points at. Orders and customers have short integer ids, drafts the desk's UUID. */
export const ReceiptTarget = z.discriminatedUnion('of', [
  z.object({ of: z.literal('order'), id: z.int().positive() }),
  z.object({ of: z.literal('draft'), id: z.uuid() }),
  z.object({ of: z.literal('customer'), id: z.int().positive() }),
]);
export type ReceiptTarget = z.infer<typeof ReceiptTarget>;

/** Why a text that has the shape of a known code is refused: its check digit is wrong. */
export const ScanRefusal = z.enum(['iccid_luhn', 'imei_luhn', 'ean_check']);
export type ScanRefusal = z.infer<typeof ScanRefusal>;

/**
 * What a scanned text means.
 * - `iccid`: with its check digit (19 or 20 digits). `check` is `computed` when the text came without one: if no item
 *   matches then, a misread is as likely as an unknown card. Compare through `iccidCandidates` or `iccidKey`.
 * - `ean`: always 13 digits; a UPC-A gets its leading zero.
 * - `msisdn`: E.164 with `+`.
 */
export const ScanValue = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('iccid'),
    iccid: z.string().regex(/^89\d{17,18}$/),
    check: z.enum(['verified', 'computed']),
  }),
  z.object({ kind: z.literal('imei'), imei: z.string().regex(/^\d{15}$/) }),
  z.object({ kind: z.literal('ean'), ean: z.string().regex(/^\d{13}$/) }),
  z.object({ kind: z.literal('msisdn'), msisdn: z.string().regex(/^\+[1-9]\d{6,14}$/) }),
  z.object({ kind: z.literal('receipt'), target: ReceiptTarget }),
  z.object({ kind: z.literal('invalid'), reason: ScanRefusal, text: z.string() }),
  z.object({ kind: z.literal('unknown'), text: z.string() }),
]);
export type ScanValue = z.infer<typeof ScanValue>;

/**
 * One scan, as the desk's host hands it to the screens.
 * `alternatives` are other readings of the same digits, less likely first choice (13 bare digits: an EAN, or a number
 * printed without its `+`). `receivedAt` is milliseconds on the machine's monotonic clock, shared by all processes of
 * one machine since boot; it is for measuring, never for showing.
 */
export const Scan = z.object({
  id: z.uuid(),
  source: ScanSource,
  deviceId: z.string().min(1),
  text: z.string(),
  value: ScanValue,
  alternatives: z.array(ScanValue),
  at: z.iso.datetime(),
  receivedAt: z.number(),
});
export type Scan = z.infer<typeof Scan>;

/**
 * - `available`: a port that was found but is not used until the settings name it
 * - `missing`: named in the settings, not plugged in
 * - `connecting`: being opened or probed
 * - `ready` / `busy`: waiting for a scan / reading a card
 * - `failed`: there, but unusable; `problem` says why; retried
 * - `service_missing`: the PC/SC service (or its library) is not running; retried
 */
export const DeviceState = z.enum(['available', 'missing', 'connecting', 'ready', 'busy', 'failed', 'service_missing']);
export type DeviceState = z.infer<typeof DeviceState>;

/** Stable codes that the screens translate. */
export const DeviceProblem = z.enum([
  'port_missing',
  'port_busy',
  'port_denied',
  'port_failed',
  'port_list_failed',
  'modem_silent',
  'pcsc_service_missing',
  'pcsc_library_missing',
  'card_mute',
  'card_busy',
  'card_removed',
  'card_unreadable',
  'input_dropped',
  'driver_restarting',
  'driver_stopped',
]);
export type DeviceProblem = z.infer<typeof DeviceProblem>;

/** The SIM in a reader or a modem; null where the device reads printed codes. */
export const DeviceCard = z.object({
  state: z.enum(['absent', 'reading', 'read', 'unreadable']),
  iccid: z.string().nullable(),
  imsi: z.string().nullable(),
});
export type DeviceCard = z.infer<typeof DeviceCard>;

/** One device as the device page shows it. `id` stays the same across unplugging and restarts. */
export const DeviceStatus = z.object({
  id: z.string().min(1),
  source: ScanSource,
  name: z.string(),
  path: z.string().nullable(),
  state: DeviceState,
  problem: DeviceProblem.nullable(),
  /** Technical text for the help desk; never shown alone. */
  detail: z.string().nullable(),
  card: DeviceCard.nullable(),
  lastScanAt: z.iso.datetime().nullable(),
  /** When `state` last changed. */
  since: z.iso.datetime(),
});
export type DeviceStatus = z.infer<typeof DeviceStatus>;

export const DeviceEvent = z.enum([
  'added',
  'changed',
  'removed',
  'card_inserted',
  'card_read',
  'card_failed',
  'card_removed',
  'input_dropped',
]);
export type DeviceEvent = z.infer<typeof DeviceEvent>;

/** What the device service announces. After `removed`, `device` is its last status and is no longer listed. */
export const DeviceChange = z.object({ event: DeviceEvent, device: DeviceStatus });
export type DeviceChange = z.infer<typeof DeviceChange>;

/** `timeout`: nothing was scanned or inserted in time. */
export const DeviceTestResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), scan: Scan }),
  z.object({
    ok: z.literal(false),
    reason: z.enum(['timeout', 'not_found', 'not_ready', 'card_removed', 'card_unreadable', 'stopped']),
    detail: z.string().nullable(),
  }),
]);
export type DeviceTestResult = z.infer<typeof DeviceTestResult>;

/** How a keyboard-wedge reader is told from a person typing; times in milliseconds. */
export const WedgeSettings = z.object({
  enabled: z.boolean().default(usualWedge.enabled),
  /** Characters the reader sends before each scan; empty: told by speed alone. */
  prefix: z.string().max(8).default(usualWedge.prefix),
  thresholdMs: z.number().int().min(5).max(200).default(usualWedge.thresholdMs),
  minLength: z.number().int().min(1).max(64).default(usualWedge.minLength),
  terminators: z
    .array(z.enum(['Enter', 'Tab']))
    .min(1)
    .default(usualWedge.terminators),
});
export type WedgeSettings = z.infer<typeof WedgeSettings>;

/** A port the shop has chosen. `auto` asks it whether it is a modem. */
export const SerialPortSettings = z.object({
  path: z.string().min(1).max(260),
  role: z.enum(['auto', 'reader', 'modem']).default('auto'),
  baudRate: z.number().int().min(300).max(4_000_000).default(9600),
  name: z.string().max(80).default(''),
});
export type SerialPortSettings = z.infer<typeof SerialPortSettings>;

export const DeviceSettings = z.object({
  wedge: WedgeSettings.prefault({}),
  serial: z
    .object({
      /** Opens ports of known scanner and modem makers by itself. */
      autoDetect: z.boolean().default(true),
      ports: z.array(SerialPortSettings).max(32).default([]),
    })
    .prefault({}),
  pcsc: z.object({ enabled: z.boolean().default(true) }).prefault({}),
});
export type DeviceSettings = z.infer<typeof DeviceSettings>;
