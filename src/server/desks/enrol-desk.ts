import { v7 as uuidv7 } from 'uuid';
import type { CommandContext } from '../context.ts';

export interface NewDesk {
  readonly enrolmentId: string;
  readonly name: string;
  readonly storeId: number;
  readonly how: 'code' | 'invitation';
}

/** Makes the desk of an approved enrolment. It has no credential before it collects one. Returns its id. */
export async function enrolDesk(context: CommandContext, { enrolmentId, name, storeId, how }: NewDesk) {
  const { tx, actor, clock, audit } = context;
  const id = uuidv7();
  const unused = { credentialHash: null, lastSeenAt: null, revokedAt: null };
  await tx
    .insertInto('desks')
    .values({ id, name, storeId, enrolledAt: clock.now(), enrolledByName: actor.name, ...unused })
    .execute();
  await tx.updateTable('deskEnrolments').set({ deskId: id }).where('id', '=', enrolmentId).execute();
  audit({ action: 'desk.enrolled', subject: { type: 'desk', id }, detail: { name, storeId, how, enrolmentId } });
  return id;
}
