/** The desk's own methods for working without a line: enrolment, the directory, the outbox, staff's PINs, the journal. */
import { z } from 'zod';
import { idSchema, instantSchema, nameSchema, pageInputSchema, pageOf, uuidSchema } from '../../domain/common.ts';
import { staffUserSchema, storeSchema } from '../../domain/user.ts';
import { journalEntrySchema } from '../../sync/journal.ts';
import { outboxEntrySchema, settlementSchema } from '../../sync/outbox.ts';
import { syncEntities } from '../../sync/rows.ts';
import { deskMethod } from '../base.ts';
import { pendingEnrolmentSchema, registeredDeskSchema } from '../central/desks.ts';

/** The desk as head office knows it. */
export const enrolledDeskSchema = z.object({ id: uuidSchema, name: nameSchema, store: storeSchema });
export type EnrolledDesk = z.infer<typeof enrolledDeskSchema>;

/**
 * How this desk stands with head office. `none`: it works with a line only. `waiting`: the code is to be approved.
 * `revoked`: its credential was withdrawn; its unsent work can still be handed in.
 */
export const enrolmentSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('waiting'), code: z.string(), expiresAt: instantSchema }),
  z.object({ state: z.literal('enrolled'), desk: enrolledDeskSchema }),
  z.object({ state: z.literal('revoked'), desk: enrolledDeskSchema }),
]);
export type Enrolment = z.infer<typeof enrolmentSchema>;

/** The directory on this desk and the work that waits: what the status bar shows, in one piece. */
export const syncStateSchema = z.object({
  /**
   * `off`: not enrolled. `first`: the first pull runs, `progress` says how far. `current`: all that central had at
   * `lastSyncAt`. `behind`: no answer since. `rebuilding`: the directory was damaged and is being pulled anew.
   */
  directory: z.enum(['off', 'first', 'current', 'behind', 'rebuilding']),
  progress: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Why the directory stays as it is: the disk is full, or central's answers could not be read; null for neither. */
  problem: z.enum(['disk_full', 'not_understood']).nullish(),
  /** When the directory last held all that central had. */
  lastSyncAt: instantSchema.nullable(),
  /** Ours minus central's, ms; null until known. Said from 60 s on. */
  clockDifferenceMs: z.int().nullable(),
  outbox: z.object({ waiting: z.int(), refused: z.int(), oldest: instantSchema.nullable() }),
  /** A file that was damaged and set aside at this start, for staff to know; null when none was. */
  setAside: z.object({ file: z.string(), at: instantSchema, what: z.enum(['directory', 'desk', 'work']) }).nullable(),
});
export type SyncState = z.infer<typeof syncStateSchema>;
export const CLOCK_DIFFERENCE_SAID_MS = 60_000;

/** Someone who may unlock this desk with a PIN when there is no line. */
export const knownStaffSchema = z.object({
  user: staffUserSchema,
  hasPin: z.boolean(),
  /** Until when, from the last sign-in with a line (PIN_DAYS). */
  usableUntil: instantSchema,
  triesLeft: z.int(),
});

/** 6 to 12 digits; not one digit repeated, not a run up or down. */
export const pinSchema = z
  .string()
  .regex(/^\d{6,12}$/)
  .refine((pin) => !isTrivial(pin), 'too_simple');

function isTrivial(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index])));
  const [only] = steps;
  return steps.size === 1 && only !== undefined && Math.abs(only) <= 1;
}

const settleChoice = z.object({
  id: uuidSchema,
  settlement: settlementSchema,
  /** For `linked`: the customer that head office has already. */
  customerId: idSchema.optional(),
});

export const desksWork = {
  enrolment: {
    get: deskMethod('public').output(enrolmentSchema),
    /**
     * Asks head office for a code to show; the same code while it is good. Refused while work of an enrolment before is
     * not handed in.
     */
    request: deskMethod('public', ['work_unsent']).output(enrolmentSchema),
    /** On this very desk, by someone signed in who may: request, approve and collect in one. */
    enrolHere: deskMethod('manage_desks', ['enrolment_gone', 'work_unsent'])
      .input(z.object({ name: nameSchema, storeId: idSchema }))
      .output(enrolmentSchema),
  },
  desks: {
    list: deskMethod('manage_desks').output(pageOf(registeredDeskSchema)),
    pending: deskMethod('manage_desks').output(pageOf(pendingEnrolmentSchema)),
    approve: deskMethod('manage_desks', ['enrolment_gone'])
      .input(z.object({ code: z.string().max(20), name: nameSchema, storeId: idSchema }))
      .output(registeredDeskSchema),
    revoke: deskMethod('manage_desks')
      .input(z.object({ id: uuidSchema }))
      .output(z.void()),
    reclaimStock: deskMethod('manage_desks', ['desk_not_revoked'])
      .input(z.object({ id: uuidSchema }))
      .output(z.object({ items: z.int() })),
  },
  sync: {
    state: deskMethod('public').output(syncStateSchema),
    /** Pulls and sends now instead of at the next beat. */
    now: deskMethod('signed_in').output(z.void()),
  },
  outbox: {
    /** Everything not settled and the last accepted ones, newest first; `open` for what waits or was refused only. */
    list: deskMethod('signed_in')
      .input(pageInputSchema.extend({ open: z.boolean().default(false), customerId: idSchema.optional() }))
      .output(
        pageOf(outboxEntrySchema.extend({ blockedBy: uuidSchema.nullable(), choices: z.array(settlementSchema) })),
      ),
    /** A person decides about a refusal. `reopened` gives the draft back to its wizard with everything in it. */
    settle: deskMethod('provision', ['already_settled'])
      .input(settleChoice)
      .output(z.object({ draftId: uuidSchema.nullable() })),
    /** Hands the unsent work of this desk in under the signed-in manager, after its credential was withdrawn. */
    handIn: deskMethod('manage_desks').output(z.object({ accepted: z.int(), refused: z.int() })),
  },
  staff: {
    /** Who can unlock this desk without a line, for the sign-in screen. */
    known: deskMethod('public').output(z.array(knownStaffSchema)),
    unlock: deskMethod('public', ['pin_wrong', 'pin_not_usable'])
      .input(z.object({ userId: idSchema, pin: z.string().max(12) }))
      .output(staffUserSchema),
    /** For oneself; asked once after the first sign-in on an enrolled desk. Needs the password's sign-in of this session. */
    setPin: deskMethod('signed_in', ['pin_not_usable'])
      .input(z.object({ pin: pinSchema }))
      .output(z.void()),
    removePin: deskMethod('signed_in').output(z.void()),
  },
  journal: {
    list: deskMethod('view_audit').input(pageInputSchema).output(pageOf(journalEntrySchema)),
    verify: deskMethod('view_audit').output(
      z.object({ entries: z.int(), intact: z.boolean(), brokenAt: z.int().nullable() }),
    ),
    /** The whole journal as one text, one entry a line (JSON), to be kept elsewhere. */
    export: deskMethod('view_audit').output(z.object({ filename: z.string(), text: z.string() })),
  },
};

/** Events of the above; part of the desk's one stream. */
export const workEvents = [
  z.object({ type: z.literal('sync'), state: syncStateSchema }),
  /** Rows of these entities changed in the directory: what screens read of them is stale. */
  z.object({ type: z.literal('directory'), entities: z.array(z.enum(syncEntities)) }),
  z.object({ type: z.literal('outbox'), entry: outboxEntrySchema }),
  z.object({ type: z.literal('enrolment'), enrolment: enrolmentSchema }),
] as const;
