import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PASSWORD, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { startGateway } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { ADMIN, PIN, SALES, startEnrolledDesk, untilOffline, untilOnline, withPin } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { startDesk } from '../host/test-desk.ts';

const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

/** An enrolled desk on a line of its own; Sam has a PIN and nobody is signed in. */
async function desk() {
  const dataDir = newFolder();
  const gateway = await startGateway(central.url);
  onTestFinished(() => gateway.close());
  const options = { dataDir, centralUrl: gateway.url };
  const started = await startEnrolledDesk(options);
  const user = await withPin(started);
  return {
    ...started,
    started,
    gateway,
    user,
    unlock: { userId: user.id, pin: PIN },
    restart: () => startDesk(options),
  };
}

const passwordNeeded = { code: 'pin_not_usable', data: { reason: 'password_needed' }, defined: true };
/** The person's last sign-in at central. */
async function lastSignIn(name: string) {
  const { rows } = await sql<{ id: string }>`select sessions.id from sessions join users on users.id = user_id
    where name = ${name} order by sessions.created_at desc limit 1`.execute(central.db);
  return rows[0]?.id ?? '';
}

async function hasEnded(id: string) {
  const { rows } = await sql<{ endedAt: Date | null }>`select ended_at from sessions where id = ${id}`.execute(
    central.db,
  );
  return rows[0]?.endedAt !== null;
}

describe('an unlock with the line there', () => {
  it('wants the password of who has signed out', async () => {
    const { desk: own, unlock } = await desk();
    await expect(own.staff.unlock(unlock)).rejects.toMatchObject(passwordNeeded);
    expect(await own.session.get()).toBeNull();
  });

  it('finds out whether the line is there before it says so', async () => {
    const { desk: own, gateway, unlock, started } = await desk();
    await untilOnline(started);
    gateway.cut();
    expect(await own.staff.unlock(unlock)).toMatchObject({ name: 'Sam Sales' });
  });

  it('brings back who gave way to a colleague, and central serves them', async () => {
    const { desk: own, signIn, user, unlock } = await desk();
    await signIn(SALES);
    await signIn(ADMIN);
    expect(await own.session.state()).toMatchObject({ user: { name: 'Ada Admin' }, by: 'password' });
    expect(await own.staff.unlock(unlock)).toEqual(user);
    expect(await own.session.state()).toEqual({ user, by: 'pin', passwordNeeded: false });
    expect((await own.customers.list({})).items).toEqual([]);
  });

  it('does not bring back whom central has shut out meanwhile', async () => {
    const { desk: own, signIn, user, unlock } = await desk();
    await signIn(SALES);
    await signIn(ADMIN);
    await sql`update sessions set ended_at = now(), end_reason = 'signed_out' where user_id = ${user.id} and ended_at is null`.execute(
      central.db,
    );
    await expect(own.staff.unlock(unlock)).rejects.toMatchObject(passwordNeeded);
    expect(await own.session.state()).toMatchObject({ user: { name: 'Ada Admin' } });
  });
});

describe('a colleague takes over', () => {
  it('ends the sign-in of who has no PIN to come back by', async () => {
    const { signIn } = await desk();
    await signIn(ADMIN);
    const id = await lastSignIn('Ada Admin');
    expect(await hasEnded(id)).toBe(false);
    await signIn(SALES);
    await waitUntil(() => hasEnded(id), 'the end of her sign-in');
  });
});

describe('when the line is back', () => {
  it('an unlocked person stays; central asks for the password, and all goes on after it', async () => {
    const { desk: own, gateway, started, hear, user, unlock } = await desk();
    gateway.cut();
    await untilOffline(started);
    await own.staff.unlock(unlock);
    gateway.mend();
    await untilOnline(started);
    await expect(
      own.inventory.createImport({ file: new File(['x'], 'x.csv'), template: 'modem' }),
    ).rejects.toMatchObject({
      code: 'unauthorized',
    });
    expect(await own.session.state()).toEqual({ user, by: 'pin', passwordNeeded: true });
    await own.session.signIn({ email: SALES, password: PASSWORD });
    await hear('session', ({ reason, user: now }) => reason === 'signed_in' && now?.id === user.id);
    expect(await own.session.state()).toEqual({ user, by: 'password', passwordNeeded: false });
  });

  it('a sign-in that ended meanwhile is told, and the person stays', async () => {
    const { desk: own, gateway, started, signIn, hear, user, unlock } = await desk();
    await signIn(SALES);
    await signIn(ADMIN);
    gateway.cut();
    await untilOffline(started);
    await own.staff.unlock(unlock);
    expect(await own.session.state()).toEqual({ user, by: 'pin', passwordNeeded: false });
    await sql`update sessions set ended_at = now(), end_reason = 'signed_out' where user_id = ${user.id} and ended_at is null`.execute(
      central.db,
    );
    gateway.mend();
    await hear('session', ({ reason }) => reason === 'password_needed');
    expect(await own.session.state()).toEqual({ user, by: 'pin', passwordNeeded: true });
  });

  it('a sign-out of before is told to central, also after a restart', async () => {
    const { desk: own, gateway, started, signIn, stop, restart } = await desk();
    await signIn(SALES);
    const id = await lastSignIn('Sam Sales');
    gateway.cut();
    await untilOffline(started);
    await own.session.signOut({ force: false });
    await stop();
    expect(await hasEnded(id)).toBe(false);
    gateway.mend();
    await restart();
    await waitUntil(() => hasEnded(id), 'the end of the sign-in');
  });
});

it('who unlocked is there after a restart without a line, and has to sign in for a new PIN', async () => {
  const { desk: own, gateway, started, stop, restart, user, unlock } = await desk();
  gateway.cut();
  await untilOffline(started);
  await own.staff.unlock(unlock);
  await stop();
  const after = await restart();
  expect(await after.desk.session.state()).toEqual({ user, by: 'pin', passwordNeeded: true });
});
