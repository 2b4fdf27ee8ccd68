import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Access } from '#core/contract/base.ts';
import { deskContract } from '#core/contract/desk.ts';
import { type Permission, permissionSchema, permissionsOf, type StaffUser } from '#core/domain/user.ts';
import { proceduresOf } from '../../../src/main/central/routes.ts';
import { assertMayCall } from '../../../src/main/router/access.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { testFolders } from '../folder.ts';
import { type SpawnedDesk, spawnDesk } from '../shell/spawn-desk.ts';
import { enter } from '../shell/visitor.ts';
import { startDesk } from './test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

const person = (permissions: Permission[]): StaffUser => ({
  id: 1,
  name: 'Sam',
  email: 'sam@example.test',
  roles: [],
  permissions,
  store: null,
});

describe('who may call what', () => {
  it('every method of the desk says who may call it', () => {
    const known: (Access | undefined)[] = ['public', 'signed_in', ...permissionSchema.options];
    const unsaid = proceduresOf(deskContract).filter(
      ({ procedure }) => !known.includes(procedure['~orpc'].meta.access),
    );
    expect(unsaid.map(({ path }) => path.join('.'))).toEqual([]);
  });

  it('a method that names no access is open to nobody, not even to an admin', () => {
    expect(() => assertMayCall({}, person(permissionsOf(['admin'])))).toThrow(
      expect.objectContaining({ code: 'forbidden' }),
    );
  });

  it('nobody signed in: only what is public', () => {
    expect(() => assertMayCall({ access: 'public' }, null)).not.toThrow();
    expect(() => assertMayCall({ access: 'signed_in' }, null)).toThrow(
      expect.objectContaining({ code: 'unauthorized' }),
    );
  });

  it('the permission counts, and admin has them all', () => {
    expect(() => assertMayCall({ access: 'provision' }, person(['view_customer']))).toThrow(
      expect.objectContaining({ code: 'forbidden', data: { permission: 'provision' } }),
    );
    expect(() => assertMayCall({ access: 'provision' }, person(['provision']))).not.toThrow();
    expect(() => assertMayCall({ access: 'provision' }, person(['admin']))).not.toThrow();
  });

  it('who has to set up two-factor sign-in first gets nothing else, not even from the desk’s own store', () => {
    const newcomer = { ...person(['admin']), mustEnrolTwoFactor: true as const };
    expect(() => assertMayCall({ access: 'signed_in' }, newcomer)).toThrow(
      expect.objectContaining({ code: 'two_factor_needed' }),
    );
    expect(() => assertMayCall({ access: 'signed_in', beforeEnrolment: true }, newcomer)).not.toThrow();
  });
});

describe('what a screen can reach', () => {
  it('a person without the permission is refused at the desk, for relayed calls and its own', async () => {
    const admin = await central.asAdmin();
    const email = 'fin@test.comptoir.test';
    await admin.users.create({ name: 'Fin', email, password: 'Comptoir!2026', roles: ['finance'] });
    const { desk, signIn } = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await signIn(email);
    const refused = { code: 'forbidden', status: 403, defined: true };
    await expect(desk.provisioning.list({})).rejects.toMatchObject({ ...refused, data: { permission: 'provision' } });
    await expect(desk.inventory.createItem({ template: 'sim_card', identifiers: {} })).rejects.toMatchObject(refused);
    await expect(desk.drafts.create({})).rejects.toMatchObject(refused);
    await expect(desk.drafts.list()).rejects.toMatchObject(refused);
    expect((await desk.customers.list({})).items).toEqual([]);
  });

  it('wrong input is told field by field, and only to who may call', async () => {
    const { desk, signIn } = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    const wrong = { id: 'x' as unknown as number };
    await expect(desk.customers.get(wrong)).rejects.toMatchObject({ code: 'unauthorized' });
    await signIn();
    await expect(desk.customers.get(wrong)).rejects.toMatchObject({
      code: 'invalid_input',
      status: 422,
      data: { issues: [{ path: 'id', message: expect.any(String) }] },
      defined: true,
    });
  });

  it('central’s routes that are not in the table have no way through', async () => {
    const shell: SpawnedDesk = await spawnDesk({ folder: newFolder(), centralUrl: central.url });
    onTestFinished(() => shell.kill());
    const visitor = await enter(shell.url);
    onTestFinished(() => visitor.close());
    const desk = visitor.desk as unknown as Record<string, Record<string, (input?: unknown) => Promise<unknown>>>;
    await visitor.desk.session.signIn({ email: 'admin@test.comptoir.test', password: 'Comptoir!2026' });
    for (const [area, method] of [
      ['apiKeys', 'list'],
      ['audit', 'list'],
      ['auth', 'refresh'],
      ['demo', 'clock'],
      ['orders', 'create'],
      ['inventory', 'reserve'],
      ['products', 'change'],
    ] as const) {
      await expect(desk[area]?.[method]?.({}), `${area}.${method}`).rejects.toMatchObject({ status: 404 });
    }
  });

  it('tokens never leave the host, whatever is asked', async () => {
    const { desk, heard, signIn, hear } = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    const answer = await signIn();
    await hear('session');
    expect(JSON.stringify([answer, heard, await desk.session.get()])).not.toMatch(/token/i);
  });
});
