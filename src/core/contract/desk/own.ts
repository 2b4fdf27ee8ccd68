import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { draftDetailsSchema, draftSchema } from '../../assignment/draft.ts';
import { idSchema, languageSchema, uuidSchema } from '../../domain/common.ts';
import { preflightSchema } from '../../domain/preflight.ts';
import { staffUserSchema } from '../../domain/user.ts';
import { DeviceSettings, DeviceStatus, DeviceTestResult } from '../../scan/schema.ts';
import { deskMethod } from '../base.ts';
import { deskEventSchema, deskSettingsSchema, linkSchema, scanMatchSchema } from './events.ts';
import { desksPortalView, portalViewKindSchema } from './portal-view.ts';
import { desksWork } from './work.ts';

const ofDraft = z.object({ draftId: uuidSchema });
const holdErrors = ['item_not_available', 'reservation_lapsed'] as const;

/** What this shell can do; the only way for a screen to know where it runs. */
export const capabilitiesSchema = z.object({
  shell: z.enum(['electron', 'browser']),
  version: z.string(),
  platform: z.string(),
  /** Whether the shell can print without the browser's dialogue, and open a file's folder. */
  print: z.boolean(),
  portalView: portalViewKindSchema,
});

/** How the signed-in person came in, beside who it is. */
export const sessionStateSchema = z.object({
  user: staffUserSchema.nullable(),
  /** `pin`: unlocked on this desk; null when nobody is signed in. */
  by: z.enum(['password', 'pin']).nullable(),
  /**
   * Head office has no living sign-in of this person: what it must do in the person's own name answers `unauthorized`
   * until `signIn` by the same person, which keeps all work. Asked for once the line is there; what the desk keeps goes
   * up all the same. Every change comes as a `session` event.
   */
  passwordNeeded: z.boolean(),
});
export type SessionState = z.infer<typeof sessionStateSchema>;

export const desksOwn = {
  ...desksWork,
  ...desksPortalView,
  system: {
    capabilities: deskMethod('public').output(capabilitiesSchema),
    link: deskMethod('public').output(linkSchema),
    settings: deskMethod('public').output(deskSettingsSchema),
    changeSettings: deskMethod('public').input(deskSettingsSchema.partial()).output(deskSettingsSchema),
    /** Everything that happens by itself: scans, devices, drafts, jobs, the link, the session. Live from the call on. */
    events: deskMethod('public').output(eventIterator(deskEventSchema)),
  },
  session: {
    /** Null when nobody is signed in. Tokens stay in the host. */
    get: deskMethod('public').output(staffUserSchema.nullable()),
    state: deskMethod('public').output(sessionStateSchema),
    signIn: deskMethod('public', ['invalid_credentials', 'account_locked', 'otp_required', 'otp_invalid'])
      .input(
        z.object({ email: z.string().max(254), password: z.string().max(200), otp: z.string().max(30).optional() }),
      )
      .output(staffUserSchema),
    /** Head office mails a link to set a new password; the same answer whether anybody has the address (AU-5). */
    forgot: deskMethod('public')
      .input(z.object({ email: z.string().max(254), language: languageSchema }))
      .output(z.object({ accepted: z.literal(true) })),
    /** Asks head office again who is signed in: what they may do has changed. Their screens go on by its answer. */
    refresh: deskMethod('signed_in', [], { beforeEnrolment: true }).output(staffUserSchema),
    /** Refused while work is unsent, unless `force`: the screen then asks first. The work stays and goes up all the same. */
    signOut: deskMethod('signed_in', ['work_unsent'], { beforeEnrolment: true })
      .input(z.object({ force: z.boolean().default(false) }).default({ force: false }))
      .output(z.void()),
  },
  drafts: {
    /** The signed-in person's open drafts, oldest first, those on their way to head office, and those whose job still runs. */
    list: deskMethod('provision').output(z.array(draftSchema)),
    get: deskMethod('provision').input(ofDraft).output(draftSchema),
    /**
     * Starts an assignment from anywhere: the catalogue (product), a customer page (customer), add-ons beside a
     * service (service), a scanned SIM (item, which is held at once). Refuses an item that can't be held.
     */
    create: deskMethod('provision', holdErrors)
      .input(
        z.object({
          productId: idSchema.optional(),
          customerId: idSchema.optional(),
          serviceId: idSchema.optional(),
          itemId: idSchema.optional(),
        }),
      )
      .output(draftSchema),
    chooseProduct: deskMethod('provision')
      .input(ofDraft.extend({ productId: idSchema }))
      .output(draftSchema),
    chooseCustomer: deskMethod('provision')
      .input(ofDraft.extend({ customerId: idSchema }))
      .output(draftSchema),
    /** Holds the item and puts it in its template's slot; the one there before is let go (PA-10). */
    chooseItem: deskMethod('provision', holdErrors)
      .input(ofDraft.extend({ itemId: idSchema }))
      .output(draftSchema),
    /** Holds an item beside the chosen one while the customer decides; at most two a template. */
    shortlistItem: deskMethod('provision', holdErrors)
      .input(ofDraft.extend({ itemId: idSchema }))
      .output(draftSchema),
    releaseItem: deskMethod('provision')
      .input(ofDraft.extend({ itemId: idSchema }))
      .output(draftSchema),
    /** Gives every hold of the draft its full time again. Holds lost meanwhile are taken anew where still possible. */
    extendHolds: deskMethod('provision', holdErrors).input(ofDraft).output(draftSchema),
    changeDetails: deskMethod('provision')
      .input(ofDraft.extend({ details: draftDetailsSchema }))
      .output(draftSchema),
    preflight: deskMethod('provision', ['order_incomplete']).input(ofDraft).output(preflightSchema),
    /** Places the order; doing it twice gives the first order (PA-15). */
    confirm: deskMethod('provision', [
      ...holdErrors,
      'customer_not_open',
      'product_not_offered',
      'not_eligible',
      'no_matching_service',
      'order_incomplete',
      'not_saved',
    ])
      .input(ofDraft)
      .output(draftSchema),
    /** Lets every hold go. `restore` within a minute brings it back (holds are taken anew). */
    discard: deskMethod('provision').input(ofDraft).output(z.void()),
    restore: deskMethod('provision').input(ofDraft).output(draftSchema),
  },
  scans: {
    /** A wedge scan that a window recognised. The answer comes as a `scan` event, like every other device's. */
    submit: deskMethod('signed_in')
      .input(z.object({ text: z.string().min(1).max(500) }))
      .output(z.void()),
    /** What a text means and whom it leads to, without an event. */
    resolve: deskMethod('signed_in')
      .input(z.object({ text: z.string().min(1).max(500) }))
      .output(scanMatchSchema),
  },
  devices: {
    list: deskMethod('signed_in').output(z.array(DeviceStatus)),
    settings: deskMethod('signed_in').output(DeviceSettings),
    changeSettings: deskMethod('signed_in').input(DeviceSettings).output(DeviceSettings),
    /** Waits for the next scan of a device, or reads its card. */
    test: deskMethod('signed_in')
      .input(z.object({ deviceId: z.string() }))
      .output(DeviceTestResult),
  },
  documents: {
    /** The hand-over sheet of a service as a PDF: number, ICCID, price, renewal, QR; PUK only when asked and permitted. */
    handOver: deskMethod('view_customer')
      .input(
        z.object({
          /** One of both: a service head office knows, or a confirmed draft, whatever has become of it. */
          serviceId: idSchema.optional(),
          draftId: uuidSchema.optional(),
          orderId: idSchema.optional(),
          language: languageSchema,
          withPuk: z.boolean().default(false),
        }),
      )
      .output(z.object({ filename: z.string(), pdfBase64: z.string() })),
  },
};
