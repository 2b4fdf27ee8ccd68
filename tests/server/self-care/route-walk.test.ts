import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawAnswer, signInTo, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { askPortal, impersonate, visit } from './portal-room.ts';
import {
  furnish,
  type Ids,
  inputs,
  type Request,
  requestOf,
  strangeIds,
  unknownOf,
  type WalkRoute,
  walkRoutes,
} from './walk-parts.ts';

/** A company, whose sessions walk, and a person, whose things they must not reach; and the other way round. */
const OURS = { id: 789, word: 'ourword-5f3a' };
const THEIRS = { id: 456, word: 'theirword-9c1e' };

type Send = (request: Request) => Promise<RawAnswer>;
interface Caller {
  readonly customerId: number | null;
  /** A fresh one for each route, for some routes end what they are called with. */
  open(): Promise<Send>;
}

let central: TestCentral;
let ours: { ids: Ids; key: string };
let theirs: { ids: Ids; key: string };
let readKey: string;
let staffToken: string;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  await central.db.updateTable('services').set({ status: 'active' }).where('customerId', 'in', [789, 456]).execute();
  ours = await furnish(central, OURS.id, OURS.word);
  theirs = await furnish(central, THEIRS.id, THEIRS.word);
  const visitor = await visit(central, { customerId: OURS.id });
  readKey = (await visitor.call('POST', '/api-keys', { name: 'Reader', access: 'read' })).body.key;
  staffToken = (await signInTo(central.url, 'admin@demo.comptoir.test')).accessToken;
});
afterAll(() => central.stop());

const plain =
  (headers: () => Record<string, string>): Caller['open'] =>
  async () =>
  ({ method, path, body }) =>
    askPortal(central, method, path, {
      headers: { 'idempotency-key': uuid(), ...headers() },
      body,
    });
const visiting =
  (
    open: () => Promise<{ call: (method: string, path: string, body?: unknown) => Promise<RawAnswer> }>,
  ): Caller['open'] =>
  async () => {
    const visitor = await open();
    return ({ method, path, body }) => visitor.call(method, path, body);
  };

const callers: Record<string, Caller> = {
  nobody: { customerId: null, open: plain(() => ({})) },
  'a member of staff’s token': { customerId: null, open: plain(() => ({ authorization: `Bearer ${staffToken}` })) },
  'the customer’s own session': { customerId: OURS.id, open: visiting(() => visit(central, { customerId: OURS.id })) },
  'the other customer’s session': {
    customerId: THEIRS.id,
    open: visiting(() => visit(central, { customerId: THEIRS.id })),
  },
  'a session by link': {
    customerId: OURS.id,
    open: visiting(() => visit(central, { customerId: OURS.id, mode: 'link', contactId: null })),
  },
  'staff who read through the customer’s eyes': {
    customerId: OURS.id,
    open: visiting(() => impersonate(central, { customerId: OURS.id })),
  },
  'staff who may change through the customer’s eyes': {
    customerId: OURS.id,
    open: visiting(() => impersonate(central, { customerId: OURS.id, mayChange: true })),
  },
  'a program that reads': { customerId: OURS.id, open: plain(() => ({ 'x-api-key': readKey })) },
  'the other customer’s program that writes': {
    customerId: THEIRS.id,
    open: plain(() => ({ 'x-api-key': theirs.key })),
  },
};

const routes = walkRoutes();
const named = routes.map((route) => [route.name, route] as const);
const isPublic = ({ meta }: WalkRoute) => meta.portal === 'public';

/** What the caller has, and what somebody else has. */
function sides(customerId: number | null): { own: Ids; foreign: Ids; foreignWord: string } {
  const isOurs = customerId !== THEIRS.id;
  return isOurs
    ? { own: ours.ids, foreign: theirs.ids, foreignWord: THEIRS.word }
    : { own: theirs.ids, foreign: ours.ids, foreignWord: OURS.word };
}

const lastEntry = async () =>
  (
    await central.db
      .selectFrom('auditEntries')
      .select((select) => select.fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
  ).id ?? 0;

/** The answer, and what it left in the audit: nothing of which may depend on whose the id was. */
async function traced(send: Send, request: Request) {
  const before = await lastEntry();
  const { status, body, text } = await send(request);
  const entries = await central.db
    .selectFrom('auditEntries')
    .select(['action', 'customerId', 'subjectType'])
    .where('id', '>', before)
    .orderBy('id')
    .execute();
  return { status, body, text, entries };
}

test('every route of the contract is walked, and no other', () => {
  expect(Object.keys(inputs).sort()).toEqual(routes.map(({ name }) => name).sort());
  for (const { name, path } of routes)
    expect([name, path.includes('{')]).toEqual([name, inputs[name]?.of !== undefined]);
});

describe.each(Object.entries(callers))('%s', (_, { customerId, open }) => {
  test.each(named)(
    '%s gives nothing of another customer, and tells no foreign id from an unknown one',
    async (name, route) => {
      const { own, foreign, foreignWord } = sides(customerId);
      const kind = inputs[name]?.of;
      const send = await open();
      const seen: RawAnswer[] = [];
      if (kind === undefined) seen.push(await send(requestOf(route, null)));
      else {
        const theirsToo = await traced(send, requestOf(route, foreign[kind]));
        const nobodys = await traced(send, requestOf(route, unknownOf(kind)));
        expect(theirsToo).toEqual(nobodys);
        expect(theirsToo.status).toBeGreaterThanOrEqual(400);
        for (const id of strangeIds) {
          const answer = await send(requestOf(route, id));
          expect([id, answer.status >= 400 && answer.status < 500]).toEqual([id, true]);
          seen.push(answer);
        }
        seen.push(theirsToo as unknown as RawAnswer, await send(requestOf(route, own[kind])));
      }
      for (const { status, text } of seen) {
        expect(status).toBeLessThan(500);
        expect(text).not.toContain(foreignWord);
      }
      const last = seen.at(-1);
      if (customerId === null && !isPublic(route))
        expect([last?.status, last?.body.code]).toEqual([401, 'unauthorized']);
      expect(last?.body?.data?.what).not.toBe('route');
    },
  );
});

describe('writes', () => {
  const writes = named.filter(([, { meta }]) => meta.command === true);

  test.each(writes.filter(([, route]) => !isPublic(route)))(
    '%s without the page’s token is refused',
    async (name, route) => {
      const { headers } = await visit(central, { customerId: OURS.id });
      const { method, path, body } = requestOf(route, ours.ids[inputs[name]?.of ?? 'service']);
      for (const token of [undefined, 'x', 'A'.repeat(43)]) {
        const answer = await askPortal(central, method, path, {
          headers: {
            ...{ cookie: headers.cookie ?? '', 'idempotency-key': uuid() },
            ...(token === undefined ? {} : { 'x-csrf-token': token }),
          },
          body,
        });
        expect([answer.status, answer.body?.code]).toEqual([403, 'csrf_failed']);
      }
    },
  );

  test.each(writes)('%s from another site’s page is refused', async (name, route) => {
    const visitor = await visit(central, { customerId: OURS.id });
    const { method, path, body } = requestOf(route, ours.ids[inputs[name]?.of ?? 'service']);
    for (const foreign of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      expect((await visitor.call(method, path, body, foreign as never)).body?.code).toBe('csrf_failed');
    }
  });

  test.each(writes.filter(([, route]) => !isPublic(route) && !route.meta.always && !route.meta.sensitive))(
    '%s is refused to staff who are reading only',
    async (name, route) => {
      const staff = await impersonate(central, { customerId: OURS.id });
      const { method, path, body } = requestOf(route, ours.ids[inputs[name]?.of ?? 'service']);
      expect((await staff.call(method, path, body)).body?.code).toBe('changes_not_allowed');
    },
  );
});

describe('what is the customer’s own to protect', () => {
  test.each(named.filter(([, { meta }]) => meta.sensitive === true))(
    '%s is refused to staff who may change, and that they tried is kept',
    async (name, route) => {
      const staff = await impersonate(central, { customerId: OURS.id, mayChange: true });
      const { method, path, body } = requestOf(route, ours.ids[inputs[name]?.of ?? 'service']);
      const send: Send = () => staff.call(method, path, body);
      const tried = await traced(send, { method, path, body });
      expect([tried.status, tried.body?.code]).toEqual([403, 'not_while_impersonating']);
      expect(tried.entries).toMatchObject([{ action: 'impersonation.refused', customerId: OURS.id }]);
    },
  );
});

describe('programs', () => {
  test.each(named.filter(([, route]) => !isPublic(route)))(
    '%s is open to keys as its entry says',
    async (name, route) => {
      const { keys = 'none', command = false } = route.meta;
      const { method, path, body } = requestOf(route, ours.ids[inputs[name]?.of ?? 'service']);
      const answer = await askPortal(central, method, path, {
        headers: { 'x-api-key': readKey, 'idempotency-key': uuid() },
        body,
      });
      if (keys !== 'read' || command) expect(answer.body?.code).toBe('forbidden');
      else expect(answer.status).not.toBe(403);
    },
  );
});
