import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { PIN_DAYS, PIN_TRIES } from '#core/domain/pin.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { startGateway } from '../../parts/gateway.ts';
import { journalOf, PIN, SALES, startEnrolledDesk, untilOffline, untilOnline, withPin } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { startDesk } from '../host/test-desk.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WRONG = '481516';
const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral();
});
afterAll(() => central.stop());

/** A machine whose clock the test sets. */
function machineClock() {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    set: (ms: number) => {
      ahead = ms;
    },
  };
}

/** An enrolled desk without a line, on which someone has a PIN. */
async function offlineDesk() {
  const dataDir = newFolder();
  const gateway = await startGateway(central.url);
  onTestFinished(() => gateway.close());
  const clock = machineClock();
  const options = { dataDir, centralUrl: gateway.url, now: clock.now };
  const desk = await startEnrolledDesk(options);
  const user = await withPin(desk);
  gateway.cut();
  await untilOffline(desk);
  const unlockWith = (pin: string) => ({ userId: user.id, pin });
  return { desk, user, gateway, clock, dataDir, unlockWith, restart: () => startDesk(options) };
}

const refusal = (reason: string) => ({ code: 'pin_not_usable', data: { reason }, defined: true });

describe('a PIN', () => {
  it('opens the desk without a line, with the permissions last known, and everything is in the journal', async () => {
    const { desk, user, dataDir, unlockWith } = await offlineDesk();
    expect(await desk.desk.staff.unlock(unlockWith(PIN))).toEqual(user);
    expect(await desk.desk.session.state()).toEqual({ user, by: 'pin', passwordNeeded: true });
    await desk.hear('session', ({ reason }) => reason === 'unlocked');
    const events = journalOf(dataDir).map(({ event, userId }) => [event, userId]);
    expect(events).toContainEqual(['staff.pin_set', user.id]);
    expect(events).toContainEqual(['staff.unlocked', user.id]);
    expect(events).toContainEqual(['desk.enrolled', expect.any(Number)]);
  });

  it('is of one person and one desk', async () => {
    const { desk, unlockWith } = await offlineDesk();
    await expect(desk.desk.staff.unlock({ userId: 999_999, pin: PIN })).rejects.toMatchObject(refusal('unknown'));
    const [admin] = (await desk.desk.staff.known()).filter(({ user }) => user.name === 'Ada Admin');
    expect(admin).toMatchObject({ hasPin: false, triesLeft: PIN_TRIES });
    const asAdmin = { userId: admin?.user.id ?? 0, pin: PIN };
    await expect(desk.desk.staff.unlock(asAdmin)).rejects.toMatchObject(refusal('no_pin'));
    const other = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    expect(await other.desk.staff.known()).toEqual([]);
    await expect(other.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('unknown'));
  });

  it('is not set on a desk that is not enrolled, nor by someone who came in by one', async () => {
    const stranger = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await stranger.signIn();
    await expect(stranger.desk.staff.setPin({ pin: PIN })).rejects.toMatchObject(refusal('unknown'));
    const { desk, unlockWith } = await offlineDesk();
    await desk.desk.staff.unlock(unlockWith(PIN));
    await expect(desk.desk.staff.setPin({ pin: '913570' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each(['123456', '000000', '12345', '987654', '27491a'])('%s is too simple or no PIN', async (pin) => {
    const desk = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await desk.signIn();
    await expect(desk.desk.staff.setPin({ pin })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('that was removed opens nothing', async () => {
    const { desk, unlockWith } = await offlineDesk();
    await desk.desk.staff.unlock(unlockWith(PIN));
    await desk.desk.staff.removePin();
    await desk.desk.session.signOut({ force: true });
    await expect(desk.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('no_pin'));
  });
});

describe('wrong tries', () => {
  it('are five, counted over restarts; then only the password helps', async () => {
    const { desk, user, gateway, dataDir, unlockWith, restart } = await offlineDesk();
    for (const triesLeft of [4, 3]) {
      await expect(desk.desk.staff.unlock(unlockWith(WRONG))).rejects.toMatchObject({
        code: 'pin_wrong',
        data: { triesLeft },
      });
    }
    await desk.stop();
    const again = await restart();
    for (const triesLeft of [2, 1, 0]) {
      await expect(again.desk.staff.unlock(unlockWith(WRONG))).rejects.toMatchObject({ data: { triesLeft } });
    }
    await expect(again.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_many_tries'));
    expect(await again.desk.session.get()).toBeNull();
    const refused = journalOf(dataDir).filter(({ event }) => event === 'staff.pin_refused');
    expect(refused.map(({ detail }) => detail.triesLeft)).toEqual([4, 3, 2, 1, 0]);
    expect(JSON.stringify(refused)).not.toContain(WRONG);

    gateway.mend();
    await untilOnline(again);
    await again.signIn(SALES);
    expect(await again.desk.staff.known()).toContainEqual(expect.objectContaining({ user, triesLeft: PIN_TRIES }));
  });

  it('made at once are five as well, and a right one among later ones does not count them anew', async () => {
    const { desk, user, unlockWith } = await offlineDesk();
    const tries = await Promise.allSettled(Array.from({ length: 30 }, () => desk.desk.staff.unlock(unlockWith(WRONG))));
    const codes = tries.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'));
    expect(codes.filter((code) => code === 'pin_wrong')).toHaveLength(PIN_TRIES);
    expect(codes.filter((code) => code === 'pin_not_usable')).toHaveLength(25);
    await expect(desk.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_many_tries'));
    expect(await desk.desk.staff.known()).toContainEqual(expect.objectContaining({ user, triesLeft: 0 }));
  });

  it('before a right one are forgotten', async () => {
    const { desk, unlockWith } = await offlineDesk();
    for (let round = 0; round < 3; round += 1) {
      for (let wrong = 0; wrong < 4; wrong += 1) {
        await expect(desk.desk.staff.unlock(unlockWith(WRONG))).rejects.toMatchObject({ code: 'pin_wrong' });
      }
      await desk.desk.staff.unlock(unlockWith(PIN));
    }
  });

  it('are taken before they are judged: one that was cut off by a power cut counts', async () => {
    const { desk, dataDir, unlockWith } = await offlineDesk();
    const trying = desk.desk.staff.unlock(unlockWith(PIN));
    const reading = new Database(`${dataDir}/desk.sqlite`, { readonly: true });
    onTestFinished(() => void reading.close());
    const left = () => reading.prepare('select min(tries_left) from staff_member').pluck().get();
    const seen = new Set<unknown>();
    const done = trying.then(() => true);
    while (!(await Promise.race([done, new Promise((resolve) => setImmediate(resolve, false))]))) seen.add(left());
    expect(seen).toContain(PIN_TRIES - 1);
    expect(left()).toBe(PIN_TRIES);
  });
});

describe('the days of a PIN', () => {
  it(`are ${PIN_DAYS} from the last sign-in with a line`, async () => {
    const { desk, user, gateway, clock, unlockWith, restart } = await offlineDesk();
    await desk.stop();
    clock.set((PIN_DAYS - 0.1) * DAY_MS);
    const week = await restart();
    await week.desk.staff.unlock(unlockWith(PIN));
    await week.stop();
    clock.set((PIN_DAYS + 1) * DAY_MS);
    const later = await restart();
    // Who came in by a PIN that is too old is not there after a restart either.
    expect(await later.desk.session.get()).toBeNull();
    await expect(later.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_long_ago'));
    clock.set(0);
    gateway.mend();
    await untilOnline(later);
    await later.signIn(SALES);
    expect(await later.desk.staff.known()).toContainEqual(expect.objectContaining({ user, hasPin: true }));
  });

  it('are not had again by turning the clock back, while it runs or between two starts', async () => {
    const { desk, clock, unlockWith, restart } = await offlineDesk();
    clock.set((PIN_DAYS + 1) * DAY_MS);
    await expect(desk.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_long_ago'));
    clock.set(-DAY_MS);
    await expect(desk.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_long_ago'));
    await desk.stop();
    const again = await restart();
    await expect(again.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_long_ago'));
  });

  it('count from central’s time: a clock that was ahead at the sign-in gives none', async () => {
    const { desk, user, gateway, clock, unlockWith } = await offlineDesk();
    gateway.mend();
    await untilOnline(desk);
    clock.set(20 * DAY_MS);
    await desk.hear('sync', ({ state }) => (state.clockDifferenceMs ?? 0) > 19 * DAY_MS);
    await desk.signIn(SALES);
    await desk.desk.session.signOut({ force: true });
    const [known] = (await desk.desk.staff.known()).filter((one) => one.user.id === user.id);
    const until = new Date(known?.usableUntil ?? 0).getTime();
    expect(Math.abs(until - Date.now() - PIN_DAYS * DAY_MS)).toBeLessThan(60_000);
    gateway.cut();
    await untilOffline(desk);
    await expect(desk.desk.staff.unlock(unlockWith(PIN))).rejects.toMatchObject(refusal('too_long_ago'));
  });
});
