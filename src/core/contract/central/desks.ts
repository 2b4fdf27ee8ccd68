import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { idSchema, instantSchema, nameSchema, pageOf, uuidSchema } from '../../domain/common.ts';
import { storeSchema } from '../../domain/user.ts';
import { COMMANDS_AT_ONCE, commandOutcomeSchema, commandSchema } from '../../sync/commands.ts';
import { syncPageSchema } from '../../sync/rows.ts';
import { command, query } from '../base.ts';

const tag = 'Desks';

/** A desk known to head office. */
export const registeredDeskSchema = z.object({
  id: uuidSchema,
  name: nameSchema,
  store: storeSchema,
  enrolledAt: instantSchema,
  enrolledByName: z.string(),
  /** When it was last heard of; null when never. */
  lastSeenAt: instantSchema.nullable(),
  online: z.boolean(),
  /** Set when its credential was withdrawn. */
  revokedAt: instantSchema.nullable(),
  /** Items leased to it that are still free. */
  stock: z.int(),
});
export type RegisteredDesk = z.infer<typeof registeredDeskSchema>;

/** A code shown on a desk, for an admin or a store manager to approve: 8 letters and digits without look-alikes, as XXXX-XXXX. */
export const enrolmentCodeSchema = z
  .string()
  .trim()
  .toUpperCase()
  .transform((text) => text.replace(/[^A-Z0-9]/g, ''))
  .pipe(z.string().regex(/^[BCDFGHJKLMNPQRSTVWXZ2-9]{8}$/));

export const pendingEnrolmentSchema = z.object({
  code: z.string(),
  /** What the machine calls itself. */
  machine: z.string(),
  requestedAt: instantSchema,
  expiresAt: instantSchema,
});

export const ENROLMENT_MINUTES = 30;

export const desksContract = {
  list: query('manage_desks', '/desks', tag, 'The desks of the operator, or of the caller’s store').output(
    pageOf(registeredDeskSchema),
  ),
  pending: query('manage_desks', '/desks/enrolments', tag, 'Desks that ask to be enrolled').output(
    pageOf(pendingEnrolmentSchema),
  ),
  /** A desk asks. `secret` is the desk's own: only who has it may collect the credential. */
  requestEnrolment: command(
    'public',
    { method: 'POST', path: '/desks/enrolments', keyless: true, ownTransaction: true },
    tag,
    'Ask to be enrolled; gives the code to show',
  )
    .input(
      z.object({
        machine: nameSchema,
        secret: z.string().min(32).max(200),
        /** What central was told beforehand: the desk that has it is let in without anybody’s approval. */
        invitation: z.string().min(16).max(200).optional(),
      }),
    )
    .output(z.object({ id: uuidSchema, code: z.string(), expiresAt: instantSchema })),
  approveEnrolment: command(
    'manage_desks',
    { method: 'POST', path: '/desks/enrolments/approve', successStatus: 200, ownTransaction: true },
    tag,
    'Let the desk that shows this code in; a store manager for the own store only',
    ['enrolment_gone'],
  )
    .input(z.object({ code: enrolmentCodeSchema, name: nameSchema, storeId: idSchema }))
    .output(registeredDeskSchema),
  /** May be repeated until the desk used its credential once: an answer lost on the way loses nothing. */
  collectEnrolment: command(
    'public',
    { method: 'POST', path: '/desks/enrolments/{id}/collect', successStatus: 200, keyless: true, ownTransaction: true },
    tag,
    'The desk asks whether it was approved, and gets its credential',
    ['enrolment_gone'],
  )
    .input(z.object({ id: uuidSchema, secret: z.string().min(32).max(200) }))
    .output(
      z.object({
        status: z.enum(['waiting', 'approved']),
        desk: registeredDeskSchema.nullable(),
        credential: z.string().nullable(),
      }),
    ),
  /** Its credential is dead at once. Its stock stays its own until it is given back, for its unsent work may need it. */
  revoke: command(
    'manage_desks',
    { method: 'DELETE', path: '/desks/{id}', successStatus: 204 },
    tag,
    'Withdraw a desk’s credential',
  )
    .input(z.object({ id: uuidSchema }))
    .output(z.void()),
  reclaimStock: command(
    'manage_desks',
    { method: 'POST', path: '/desks/{id}/reclaim-stock', successStatus: 200 },
    tag,
    'Take all items of a withdrawn desk back into the store’s free stock',
    ['desk_not_revoked'],
  )
    .input(z.object({ id: uuidSchema }))
    .output(z.object({ items: z.int() })),
};

/** Something for a desk to act on. `changes`: pull them. `give_back`: items of its share that central asks back. */
export const syncEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), at: instantSchema, deskId: uuidSchema }),
  z.object({ type: z.literal('changes') }),
  z.object({ type: z.literal('give_back'), itemIds: z.array(idSchema) }),
]);
export type SyncEvent = z.infer<typeof syncEventSchema>;

/** A cursor that this database never gave: it was restored, or is another one. The desk starts anew. */
const cursorErrors = ['cursor_unknown'] as const;
const from = z.object({ cursor: z.string().max(500).optional() });

/** All of it is for an enrolled desk: header `x-comptoir-desk` with its credential, whoever is signed in there or nobody. */
export const syncContract = {
  snapshot: query('desk', '/sync/snapshot', 'Sync', 'The directory, page by page', cursorErrors)
    .input(from)
    .output(syncPageSchema),
  changes: query('desk', '/sync/changes', 'Sync', 'What changed after a cursor', cursorErrors)
    .input(z.object({ cursor: z.string().max(500) }))
    .output(syncPageSchema),
  events: query('desk', '/sync/events', 'Sync', 'Tells at once when there is something to pull or to give back').output(
    eventIterator(syncEventSchema),
  ),
  /** Each in a transaction of its own, in order; one that is refused stops none that follows. */
  commands: command(
    'desk',
    { method: 'POST', path: '/sync/commands', successStatus: 200, keyless: true, ownTransaction: true },
    'Sync',
    'Work done at the desk, each piece once in effect',
  )
    .input(z.array(commandSchema).min(1).max(COMMANDS_AT_ONCE))
    .output(z.array(commandOutcomeSchema)),
  /** The unsent work of a desk whose credential was withdrawn, handed in by a person who may. */
  handIn: command(
    'manage_desks',
    { method: 'POST', path: '/sync/hand-in', successStatus: 200, keyless: true, ownTransaction: true },
    'Sync',
    'Hand in the work of a withdrawn desk',
    ['desk_not_revoked'],
  )
    .input(z.object({ deskId: uuidSchema, commands: z.array(commandSchema).min(1).max(COMMANDS_AT_ONCE) }))
    .output(z.array(commandOutcomeSchema)),
  /**
   * The desk has let these items of its share go, durably: central may give them to others. It counts what it sends, so that
   * one that was overtaken by a later one does nothing; the answer then has the highest number heard of. Answers which of
   * them are out of its share; those that a draft of the desk took meanwhile are not.
   */
  giveBack: command(
    'desk',
    { method: 'POST', path: '/sync/give-back', successStatus: 200, keyless: true },
    'Sync',
    'Give items of the desk’s share back',
  )
    .input(z.object({ itemIds: z.array(idSchema).max(5000), number: z.int32().positive().optional() }))
    .output(z.object({ itemIds: z.array(idSchema), number: z.int32().optional() })),
};
