import { z } from 'zod';
import { draftSchema } from '../../assignment/draft.ts';
import { idSchema, instantSchema, languageSchema, uuidSchema } from '../../domain/common.ts';
import { itemSchema } from '../../domain/inventory.ts';
import { jobSchema } from '../../domain/provisioning.ts';
import { staffUserSchema } from '../../domain/user.ts';
import { DeviceChange, Scan } from '../../scan/schema.ts';
import { portalViewEvents } from './portal-view.ts';
import { workEvents } from './work.ts';

/** The desk's way to central: `since` is when it last changed; `error` a code, never a text for staff. */
export const linkSchema = z.object({
  state: z.enum(['online', 'offline', 'connecting']),
  since: instantSchema,
  centralUrl: z.string(),
  error: z.string().nullable(),
});
export type Link = z.infer<typeof linkSchema>;

/** What a scanned text leads to. `item` carries its owner when it has one. */
export const scanMatchSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('item'),
    item: itemSchema,
    owner: z.object({ customerId: idSchema, customerName: z.string(), serviceId: idSchema.nullable() }).nullable(),
  }),
  z.object({ kind: z.literal('order'), orderId: idSchema, jobId: idSchema, customerId: idSchema }),
  z.object({ kind: z.literal('draft'), draftId: uuidSchema }),
  z.object({ kind: z.literal('customer'), customerId: idSchema }),
  /** Read well, but nothing here carries it. */
  z.object({ kind: z.literal('none') }),
  /** A wrong check digit. */
  z.object({ kind: z.literal('invalid'), reason: z.string() }),
  /** Central could not be asked. */
  z.object({ kind: z.literal('unreachable') }),
]);
export type ScanMatch = z.infer<typeof scanMatchSchema>;

export const deskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('scan'), scan: Scan, match: scanMatchSchema }),
  z.object({ type: z.literal('device'), change: DeviceChange }),
  z.object({ type: z.literal('draft'), draft: draftSchema }),
  z.object({ type: z.literal('draftRemoved'), draftId: uuidSchema }),
  /** A job of this desk moved on; `ended` jobs make a notice wherever staff are. */
  z.object({ type: z.literal('job'), job: jobSchema }),
  z.object({ type: z.literal('link'), link: linkSchema }),
  /**
   * Signed in or out, also by another window or because central ended the session. `password_needed`: the person unlocked
   * by PIN stays, but central wants the password (`session.state`).
   */
  z.object({
    type: z.literal('session'),
    user: staffUserSchema.nullable(),
    reason: z.enum(['signed_in', 'signed_out', 'expired', 'unlocked', 'password_needed']),
  }),
  ...workEvents,
  ...portalViewEvents,
]);
export type DeskEvent = z.infer<typeof deskEventSchema>;

export const deskSettingsSchema = z.object({
  language: languageSchema,
  colourScheme: z.enum(['light', 'dark', 'auto']),
  sound: z.object({ muted: z.boolean(), volume: z.number().min(0).max(1) }),
});
export type DeskSettings = z.infer<typeof deskSettingsSchema>;
