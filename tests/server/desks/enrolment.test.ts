import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requestEnrolment } from '../../../src/server/desks/request-enrolment.ts';
import { type CentralClient, rawCall, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { clientAt, enrol, secret } from './desk-parts.ts';

const INVITATION = 'come in, desks of the fleet';
let central: TestCentral;
let admin: CentralClient;
let manager: CentralClient;
beforeAll(async () => {
  central = await startTestCentral({ env: { COMPTOIR_DESK_INVITATION: INVITATION } });
  admin = await central.asAdmin();
  manager = await central.asNew({ roles: ['manager'], storeId: 1, name: 'Mia' });
});
afterAll(() => central.stop());

const stranger = () => central.client();
async function asks(machine = 'till') {
  const own = secret();
  return { own, machine, ...(await stranger().desks.requestEnrolment({ machine, secret: own })) };
}
async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (failure: unknown) => failure as { code?: string },
  );
  return error === null ? 'no error' : (error.code ?? String(error));
}
const auditOf = async (subjectId: string) =>
  central.db
    .selectFrom('auditEntries')
    .select(['action', 'actorKind', 'actorName'])
    .where('subjectId', '=', subjectId)
    .execute();

describe('a desk is enrolled by its code', () => {
  test('it waits, is approved, collects a credential, and is known by it', async () => {
    const asked = await asks('till at the window');
    expect(asked.code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ2-9]{4}-[BCDFGHJKLMNPQRSTVWXZ2-9]{4}$/);
    const collect = () => stranger().desks.collectEnrolment({ id: asked.id, secret: asked.own });
    expect(await collect()).toEqual({ status: 'waiting', desk: null, credential: null });
    const { items } = await manager.desks.pending();
    expect(items).toContainEqual(expect.objectContaining({ code: asked.code, machine: 'till at the window' }));

    const code = ` ${asked.code.toLowerCase().replace('-', ' ')} `;
    const desk = await manager.desks.approveEnrolment({ code, name: 'Desk 1', storeId: 1 });
    expect(desk).toMatchObject({
      name: 'Desk 1',
      store: { id: 1 },
      enrolledByName: 'Mia',
      online: false,
      revokedAt: null,
    });
    const { credential } = await collect();
    expect(await clientAt(central.url, credential ?? '').sync.giveBack({ itemIds: [] })).toEqual({ itemIds: [] });
    const listed = (await manager.desks.list()).items.find(({ id }) => id === desk.id);
    expect(listed).toMatchObject({ online: true, stock: 0 });
    const lines = (await auditOf(desk.id)).map(({ action }) => action);
    expect(lines).toEqual(['desk.enrolled', 'desk.credential_collected']);
    expect(await auditOf(asked.id)).toMatchObject([{ action: 'desk.enrolment_requested' }]);
  });

  test('a collected credential is replaced until one was used; then there is no other', async () => {
    const asked = await asks();
    await admin.desks.approveEnrolment({ code: asked.code, name: 'Desk 2', storeId: 1 });
    const collect = async () =>
      (await stranger().desks.collectEnrolment({ id: asked.id, secret: asked.own })).credential;
    const first = (await collect()) ?? '';
    const second = (await collect()) ?? '';
    expect(second).not.toBe(first);
    const use = (credential: string) => clientAt(central.url, credential).sync.giveBack({ itemIds: [] });
    expect(await codeOf(use(first))).toBe('desk_unknown');
    await use(second);
    expect(await codeOf(collect())).toBe('enrolment_gone');
    await use(second);
  });

  test('asking again with the same secret gives the same code, also many times at once', async () => {
    const own = secret();
    const ask = () => stranger().desks.requestEnrolment({ machine: 'twin', secret: own });
    const answers = await Promise.all(Array.from({ length: 8 }, ask));
    expect(new Set(answers.map(({ id, code }) => `${id} ${code}`)).size).toBe(1);
  });

  test('nobody else can collect it', async () => {
    const asked = await asks();
    await admin.desks.approveEnrolment({ code: asked.code, name: 'Desk 3', storeId: 1 });
    expect(await codeOf(stranger().desks.collectEnrolment({ id: asked.id, secret: secret() }))).toBe('enrolment_gone');
  });

  test('credentials, secrets and codes of other desks are nowhere in the database in clear', async () => {
    const desk = await enrol(central, admin, 'Desk 4');
    const stored = await central.db.selectFrom('desks').selectAll().where('id', '=', desk.id).executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(desk.credential);
  });
});

describe('what does not let a desk in', () => {
  test('a code that lapsed', async () => {
    const asked = await asks();
    await central.advance(31 * 60);
    const late = { code: asked.code, name: 'Late', storeId: 1 };
    expect(await codeOf((await central.asAdmin()).desks.approveEnrolment(late))).toBe('enrolment_gone');
    expect(await codeOf(stranger().desks.collectEnrolment({ id: asked.id, secret: asked.own }))).toBe('enrolment_gone');
    admin = await central.asAdmin();
    manager = await central.asNew({ roles: ['manager'], storeId: 1, name: 'Mia' });
  });

  test('a code that was used; but the same approval again gives the same desk', async () => {
    const asked = await asks();
    const approval = { code: asked.code, name: 'Once', storeId: 1 };
    const first = await admin.desks.approveEnrolment(approval);
    expect((await admin.desks.approveEnrolment(approval)).id).toBe(first.id);
    expect(await codeOf(admin.desks.approveEnrolment({ ...approval, name: 'Twice' }))).toBe('enrolment_gone');
    const { credential } = await stranger().desks.collectEnrolment({ id: asked.id, secret: asked.own });
    await clientAt(central.url, credential ?? '').sync.giveBack({ itemIds: [] });
    expect(await codeOf(admin.desks.approveEnrolment(approval))).toBe('enrolment_gone');
  });

  test('two managers who approve one code at once: it is one desk', async () => {
    const asked = await asks();
    const approve = (name: string) => admin.desks.approveEnrolment({ code: asked.code, name, storeId: 1 });
    const codes = await Promise.all([codeOf(approve('Left')), codeOf(approve('Right'))]);
    expect(codes.sort()).toEqual(['enrolment_gone', 'no error']);
  });

  test('a manager of another store, a store that is not there, and staff without the right', async () => {
    const { code } = await asks();
    expect(await codeOf(manager.desks.approveEnrolment({ code, name: 'Theirs', storeId: 2 }))).toBe('forbidden');
    expect(await codeOf(admin.desks.approveEnrolment({ code, name: 'Nowhere', storeId: 99 }))).toBe('invalid_input');
    const sales = await central.asSales();
    expect(await codeOf(sales.desks.approveEnrolment({ code, name: 'Mine', storeId: 1 }))).toBe('forbidden');
    await manager.desks.approveEnrolment({ code, name: 'Ours', storeId: 1 });
  });

  test('ten wrong codes stop a person for ten minutes, even with the right one; others go on', async () => {
    const guesser = await central.asNew({ roles: ['manager'], storeId: 1, name: 'Gus' });
    const wrong = () => codeOf(guesser.desks.approveEnrolment({ code: 'BBBB-BBBB', name: 'Guess', storeId: 1 }));
    const codes = await Promise.all(Array.from({ length: 25 }, wrong));
    expect(codes.filter((code) => code === 'enrolment_gone')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(15);
    const { code } = await asks();
    expect(await codeOf(guesser.desks.approveEnrolment({ code, name: 'Right', storeId: 1 }))).toBe('rate_limited');
    await manager.desks.approveEnrolment({ code, name: 'Right', storeId: 1 });
    const next = await asks();
    await central.advance(10 * 60 + 1);
    await guesser.desks.approveEnrolment({ code: next.code, name: 'Later', storeId: 1 });
  });

  test.each(['short', 'not-a-credential-that-anybody-has-ever-given', 'x y', '"', 'é'])(
    'the credential %j',
    async (text) => {
      const headers = { 'x-comptoir-desk': Buffer.from(text, 'utf8').toString('latin1') };
      const own = await rawCall(central.url, 'POST', '/api/v1/sync/give-back', { body: { itemIds: [] }, headers });
      expect([own.status, own.body.code]).toEqual([401, 'desk_unknown']);
      const other = await rawCall(central.url, 'GET', '/api/v1/me', { headers });
      expect([other.status, other.body.code]).toEqual([401, 'unauthorized']);
    },
  );
});

describe('an invitation', () => {
  test('lets a desk in at once, in the first store, named after its machine', async () => {
    const own = secret();
    const ask = () => stranger().desks.requestEnrolment({ machine: 'fleet-7', secret: own, invitation: INVITATION });
    const [{ id }, again] = await Promise.all([ask(), ask()]);
    expect(again.id).toBe(id);
    const { status, desk } = await stranger().desks.collectEnrolment({ id, secret: own });
    expect(status).toBe('approved');
    expect(desk).toMatchObject({ name: 'fleet-7', store: { id: 1 } });
    expect((await admin.desks.list()).items.filter(({ name }) => name === 'fleet-7')).toHaveLength(1);
  });

  test('that is wrong is refused and told in the audit', async () => {
    const ask = { machine: 'intruder', secret: secret(), invitation: `${INVITATION}!` };
    expect(await codeOf(stranger().desks.requestEnrolment(ask))).toBe('forbidden');
    const lines = await central.db
      .selectFrom('auditEntries')
      .select('detail')
      .where('action', '=', 'desk.invitation_refused')
      .execute();
    expect(lines.map(({ detail }) => detail.machine)).toContain('intruder');
    expect(JSON.stringify(lines)).not.toContain(INVITATION);
  });

  test('is refused by a central that has none', async () => {
    const ask = { machine: 'fleet-8', secret: secret(), invitation: INVITATION };
    const none = { deskInvitation: undefined, deskInvitationStore: undefined };
    expect(await codeOf(requestEnrolment(central.central.deps.background(), none, ask))).toBe('forbidden');
  });
});

describe('a withdrawn desk', () => {
  test('is unknown at its next request, and people there go on as at no desk', async () => {
    const desk = await enrol(central, admin, 'Doomed');
    await desk.itself.sync.giveBack({ itemIds: [] });
    await manager.desks.revoke({ id: desk.id });
    await manager.desks.revoke({ id: desk.id });
    expect(await codeOf(desk.itself.sync.giveBack({ itemIds: [] }))).toBe('desk_unknown');
    const sales = await rawCall(central.url, 'GET', '/api/v1/desks', {
      headers: { 'x-comptoir-desk': desk.credential },
    });
    expect(sales.body.code).toBe('unauthorized');
    expect((await admin.desks.list()).items.find(({ id }) => id === desk.id)).toMatchObject({ online: false });
    expect((await auditOf(desk.id)).map(({ action }) => action)).toContain('desk.revoked');
  });

  test('is seen and withdrawn by managers of its own store only', async () => {
    const desk = await enrol(central, admin, 'Far away', 2);
    expect(await codeOf(manager.desks.revoke({ id: desk.id }))).toBe('forbidden');
    expect((await manager.desks.list()).items.map(({ id }) => id)).not.toContain(desk.id);
    expect((await admin.desks.list()).items.map(({ id }) => id)).toContain(desk.id);
    expect(await codeOf(manager.desks.reclaimStock({ id: desk.id }))).toBe('forbidden');
    expect(await codeOf(admin.desks.reclaimStock({ id: desk.id }))).toBe('desk_not_revoked');
  });

  test('that never collected its credential can not any more', async () => {
    const asked = await asks();
    const { id } = await admin.desks.approveEnrolment({ code: asked.code, name: 'Never', storeId: 1 });
    await admin.desks.revoke({ id });
    expect(await codeOf(stranger().desks.collectEnrolment({ id: asked.id, secret: asked.own }))).toBe('enrolment_gone');
  });
});
