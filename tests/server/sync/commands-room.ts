import { randomBytes } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { centralContract } from '#core/contract/central.ts';
import type { Command, CommandOutcome, CommandType } from '#core/sync/commands.ts';
import { tokenHash } from '../../../src/server/access/tokens.ts';
import type { Db } from '../../../src/server/database/connection.ts';
import { type CallContext, type CentralClient, rawCall, signInTo } from '../../parts/central.ts';

export interface EnrolledDesk {
  readonly id: string;
  readonly name: string;
  readonly storeId: number;
  readonly credential: string;
}

/** A desk that central knows, as after its enrolment. */
export async function enrol(db: Db, { storeId = 1, name = 'Front counter' } = {}): Promise<EnrolledDesk> {
  const [id, credential] = [uuid(), randomBytes(32).toString('base64url')];
  const enrolled = { enrolledAt: new Date(), enrolledByName: 'Ada Admin', lastSeenAt: null, revokedAt: null };
  await db
    .insertInto('desks')
    .values({ id, name, storeId, credentialHash: tokenHash(credential), ...enrolled })
    .execute();
  return { id, name, storeId, credential };
}

export async function revoke(db: Db, { id }: EnrolledDesk): Promise<void> {
  await db.updateTable('desks').set({ revokedAt: new Date() }).where('id', '=', id).execute();
}

/** A member of staff signed in at a desk. */
export async function staffAt(url: string, email: string, desk: EnrolledDesk): Promise<CentralClient> {
  const { accessToken } = await signInTo(url, email);
  const link = new OpenAPILink<CallContext>(centralContract, {
    url: `${url}/api/v1`,
    headers: ({ context }) => ({
      'idempotency-key': context.idempotencyKey ?? uuid(),
      authorization: `Bearer ${accessToken}`,
      'x-comptoir-desk': desk.credential,
    }),
  });
  return createORPCClient(link);
}

/** A piece of work as a desk writes it down. */
export function commandOf(
  type: CommandType,
  payload: Record<string, unknown>,
  userId: number,
  rest: Partial<Command> = {},
): Command {
  return { id: uuid(), type, payload, userId, madeAt: new Date().toISOString(), ...rest };
}

export const newCustomer = (userId: number, fields: Record<string, unknown> = {}, rest: Partial<Command> = {}) =>
  commandOf('customer.create', { name: `Customer ${uuid()}`, type: 'individual', ...fields }, userId, rest);

export const post = (url: string, desk: Pick<EnrolledDesk, 'credential'>, body: unknown) =>
  rawCall(url, 'POST', '/api/v1/sync/commands', { headers: { 'x-comptoir-desk': desk.credential }, body });

/** Sends commands as a desk does; gives what became of each. */
export async function send(url: string, desk: EnrolledDesk, commands: readonly Command[]): Promise<CommandOutcome[]> {
  const { status, text, body } = await post(url, desk, commands);
  expect(status, text).toBe(200);
  return body;
}

export async function sendOne(url: string, desk: EnrolledDesk, command: Command): Promise<CommandOutcome> {
  const [outcome] = await send(url, desk, [command]);
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

/** The row that an accepted command gave. */
export function resultOf(outcome: CommandOutcome | undefined): Record<string, unknown> & { id: number } {
  if (outcome?.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.result as Record<string, unknown> & { id: number };
}

export const refusalOf = (outcome: CommandOutcome | undefined) =>
  outcome?.outcome === 'refused' ? outcome.error.code : outcome?.outcome;

export async function userId(db: Db, email: string): Promise<number> {
  const { id } = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirstOrThrow();
  return id;
}

const counted = ['customers', 'contacts', 'sites', 'orders', 'jobs', 'services', 'syncCommands'] as const;

/** How many rows there are of all that commands make. */
export async function rowCounts(db: Db): Promise<Record<(typeof counted)[number], number>> {
  const counts = counted.map(async (table) => {
    const query = db.selectFrom(table).select((select) => select.fn.countAll<number>().as('n'));
    return [table, Number((await query.executeTakeFirstOrThrow()).n)];
  });
  return Object.fromEntries(await Promise.all(counts));
}
