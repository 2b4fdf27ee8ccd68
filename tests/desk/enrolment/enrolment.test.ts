import { readdirSync, readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createKeyFileSecrets } from '../../../src/main/session/secret-store.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type Gateway, startGateway } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { ADMIN, PIN, revokeAtCentral, SALES, startEnrolledDesk, withPin } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { startDesk, type TestDesk } from '../host/test-desk.ts';

const INVITATION = 'an-invitation-known-to-both-0123456789';
const newFolder = testFolders();
let central: TestCentral;
beforeAll(async () => {
  central = await startTestCentral({ env: { COMPTOIR_DESK_INVITATION: INVITATION } });
});
afterAll(() => central.stop());

async function lineToCentral() {
  const gateway = await startGateway(central.url);
  onTestFinished(() => gateway.close());
  return gateway;
}

const asksIn = ({ passed }: Gateway) => passed.filter(({ path }) => path.endsWith('/desks/enrolments')).length;
const stateOf = async ({ desk }: TestDesk) => (await desk.enrolment.get()).state;

/** The credential as the host keeps it, out of the sealed row. */
function sealedRow(dataDir: string): Record<string, string | null> {
  const database = new Database(`${dataDir}/desk.sqlite`, { readonly: true });
  try {
    return database.prepare('select * from enrolment').get() as Record<string, string | null>;
  } finally {
    database.close();
  }
}

describe('a desk that is let in', () => {
  it('shows a code, the same while it is good, and is enrolled once somebody elsewhere approved it', async () => {
    const dataDir = newFolder();
    const desk = await startDesk({ dataDir, centralUrl: central.url });
    expect(await desk.desk.enrolment.get()).toEqual({ state: 'none' });
    const first = await desk.desk.enrolment.request();
    expect(first).toMatchObject({ state: 'waiting', code: expect.stringMatching(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/) });
    expect(await desk.desk.enrolment.request()).toEqual(first);

    const other = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await other.signIn(ADMIN);
    const code = first.state === 'waiting' ? first.code : '';
    expect((await other.desk.desks.pending()).items.map((one) => one.code)).toContain(code);
    await other.desk.desks.approve({ code, name: 'Window side', storeId: 2 });
    const event = await desk.hear('enrolment', ({ enrolment }) => enrolment.state === 'enrolled');
    expect(event.enrolment).toMatchObject({ desk: { name: 'Window side', store: { id: 2, name: 'Store 2' } } });
    expect(await desk.desk.enrolment.get()).toEqual(event.enrolment);
  });

  it('goes on waiting after a restart, under the same code', async () => {
    const dataDir = newFolder();
    const before = await startDesk({ dataDir, centralUrl: central.url });
    const asked = await before.desk.enrolment.request();
    await before.stop();
    const after = await startDesk({ dataDir, centralUrl: central.url });
    expect(await after.desk.enrolment.get()).toEqual(asked);
    const admin = await central.asAdmin();
    await admin.desks.approveEnrolment({ code: asked.state === 'waiting' ? asked.code : '', name: 'A', storeId: 1 });
    await after.hear('enrolment', ({ enrolment }) => enrolment.state === 'enrolled');
  });

  it('is enrolled in one by a person who may, and by nobody else', async () => {
    const desk = await startDesk({ dataDir: newFolder(), centralUrl: central.url });
    await desk.signIn(SALES);
    await expect(desk.desk.enrolment.enrolHere({ name: 'Till', storeId: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await stateOf(desk)).toBe('none');
    await desk.signIn(ADMIN);
    const enrolled = await desk.desk.enrolment.enrolHere({ name: 'Till 7', storeId: 3 });
    expect(enrolled).toMatchObject({ state: 'enrolled', desk: { name: 'Till 7', store: { id: 3 } } });
    await desk.hear('enrolment', ({ enrolment }) => enrolment.state === 'enrolled');
  });

  it('collects again when the answer with its credential was lost', async () => {
    const gateway = await lineToCentral();
    const desk = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    await desk.signIn(ADMIN);
    gateway.loseAnswerTo(({ path }) => path.endsWith('/collect'));
    await desk.desk.enrolment.enrolHere({ name: 'Till', storeId: 1 }).catch(() => undefined);
    await desk.hear('enrolment', ({ enrolment }) => enrolment.state === 'enrolled');
    expect(gateway.passed.filter(({ path }) => path.endsWith('/collect')).length).toBeGreaterThan(1);
    // What it kept is what central knows: the desk is heard of.
    await desk.desk.customers.list({});
    const admin = await central.asAdmin();
    await waitUntil(async () => {
      const { state, ...rest } = await desk.desk.enrolment.get();
      expect(state).toBe('enrolled');
      const id = 'desk' in rest ? rest.desk.id : '';
      return (await admin.desks.list()).items.find((one) => one.id === id)?.lastSeenAt;
    }, 'central to hear of the desk');
  });

  it('is still enrolled after a restart, also without a line', async () => {
    const dataDir = newFolder();
    const gateway = await lineToCentral();
    const before = await startEnrolledDesk({ dataDir, centralUrl: gateway.url });
    const enrolled = await before.desk.enrolment.get();
    await before.stop();
    gateway.cut();
    const after = await startDesk({ dataDir, centralUrl: gateway.url });
    expect(await after.desk.enrolment.get()).toEqual(enrolled);
  });

  it('a code that lapsed is asked for no longer, and the next one is another', async () => {
    let ahead = 0;
    const now = () => new Date(Date.now() + ahead);
    const desk = await startDesk({ dataDir: newFolder(), centralUrl: central.url, now });
    const first = await desk.desk.enrolment.request();
    ahead = 31 * 60_000;
    await central.advance(31 * 60);
    await desk.hear('enrolment', ({ enrolment }) => enrolment.state === 'none');
    ahead = 0;
    const second = await desk.desk.enrolment.request();
    expect(second).toMatchObject({ state: 'waiting' });
    expect(second).not.toEqual(first);
  });
});

describe('an invited desk', () => {
  it('enrols by itself, and once only', async () => {
    const dataDir = newFolder();
    const invited = { dataDir, centralUrl: central.url, invitation: INVITATION };
    const desk = await startDesk(invited);
    const { enrolment } = await desk.hear('enrolment', (event) => event.enrolment.state === 'enrolled');
    expect(enrolment).toMatchObject({ desk: { store: { id: 1 } } });
    await desk.stop();
    const again = await startDesk(invited);
    expect(await again.desk.enrolment.get()).toEqual(enrolment);
  });

  it('starts without waiting for central, and enrols when central comes', async () => {
    const gateway = await lineToCentral();
    gateway.cut();
    const desk = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url, invitation: INVITATION });
    expect(await stateOf(desk)).toBe('none');
    gateway.mend();
    await desk.hear('enrolment', ({ enrolment }) => enrolment.state === 'enrolled');
  });

  it('with a wrong invitation is not let in, and does not ask on and on', async () => {
    const gateway = await lineToCentral();
    const wrong = 'a-wrong-invitation-0123456789';
    const desk = await startDesk({ dataDir: newFolder(), centralUrl: gateway.url, invitation: wrong });
    const asked = () => asksIn(gateway);
    await waitUntil(() => asked() === 1, 'the desk to ask');
    // Asked by a person it takes the usual way.
    expect(await desk.desk.enrolment.request()).toMatchObject({ state: 'waiting' });
    expect(asked()).toBe(2);
  });
});

describe('a desk that is turned out', () => {
  it('learns it from central, keeps who it was, and works on with a line as any desk', async () => {
    const dataDir = newFolder();
    const desk = await startEnrolledDesk({ dataDir, centralUrl: central.url });
    const enrolled = await desk.desk.enrolment.get();
    await revokeAtCentral(central, desk);
    await desk.signIn(SALES);
    await waitUntil(async () => (await stateOf(desk)) === 'revoked', 'the desk to learn of it');
    expect(await desk.desk.enrolment.get()).toEqual({ ...enrolled, state: 'revoked' });
    expect((await desk.desk.customers.list({})).items).toEqual([]);
    await desk.stop();
    const after = await startDesk({ dataDir, centralUrl: central.url });
    expect(await after.desk.enrolment.get()).toEqual({ ...enrolled, state: 'revoked' });
    expect(sealedRow(dataDir).credential).toBeNull();
  });

  it('forgets its staff’s PINs, and who came in by one leaves', async () => {
    const gateway = await lineToCentral();
    const desk = await startEnrolledDesk({ dataDir: newFolder(), centralUrl: gateway.url });
    const user = await withPin(desk);
    gateway.cut();
    await desk.desk.staff.unlock({ userId: user.id, pin: PIN });
    await revokeAtCentral(central, desk);
    gateway.mend();
    await desk.hear('session', ({ reason }) => reason === 'expired');
    expect(await desk.desk.staff.known()).toEqual([]);
    await expect(desk.desk.staff.unlock({ userId: user.id, pin: PIN })).rejects.toMatchObject({
      code: 'pin_not_usable',
      data: { reason: 'unknown' },
    });
  });

  it('enrolled anew it is another desk', async () => {
    const desk = await startEnrolledDesk({ dataDir: newFolder(), centralUrl: central.url });
    const before = await desk.desk.enrolment.get();
    await revokeAtCentral(central, desk);
    await waitUntil(async () => (await stateOf(desk)) === 'revoked', 'the desk to learn of it');
    await desk.signIn(ADMIN);
    const after = await desk.desk.enrolment.enrolHere({ name: 'Till 1', storeId: 1 });
    expect(after.state).toBe('enrolled');
    expect(after).not.toEqual(before);
  });

  it('an invitation does not bring it back', async () => {
    const dataDir = newFolder();
    const gateway = await lineToCentral();
    const invited = { dataDir, centralUrl: gateway.url, invitation: INVITATION };
    const desk = await startDesk(invited);
    await desk.hear('enrolment', ({ enrolment }) => enrolment.state === 'enrolled');
    await revokeAtCentral(central, desk);
    await waitUntil(async () => (await stateOf(desk)) === 'revoked', 'the desk to learn of it');
    await desk.stop();
    const before = asksIn(gateway);
    const again = await startDesk(invited);
    await again.hear('link', ({ link }) => link.state === 'online');
    await again.stop();
    expect(asksIn(gateway)).toBe(before);
    expect(sealedRow(dataDir).state).toBe('revoked');
  });
});

describe('a desk of another central', () => {
  it('is not enrolled there, says so in the log, and is itself again at its own', async () => {
    const other = await lineToCentral();
    const dataDir = newFolder();
    const home = await startEnrolledDesk({ dataDir, centralUrl: central.url });
    const enrolled = await home.desk.enrolment.get();
    await home.stop();
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const abroad = await startDesk({ dataDir, centralUrl: other.url, log });
    expect(await abroad.desk.enrolment.get()).toEqual({ state: 'none' });
    expect(lines.join('')).toContain('enrolled at another central');
    // Asking there, and not being let in, changes nothing at home.
    expect(await abroad.desk.enrolment.request()).toMatchObject({ state: 'waiting' });
    await abroad.stop();
    const back = await startDesk({ dataDir, centralUrl: central.url });
    expect(await back.desk.enrolment.get()).toEqual(enrolled);
  });
});

it('the credential is in no file, no line of the log and no answer to a window', async () => {
  const dataDir = newFolder();
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const desk = await startDesk({ dataDir, centralUrl: central.url, log });
  await desk.signIn(ADMIN);
  await desk.desk.enrolment.enrolHere({ name: 'Till 1', storeId: 1 });
  await desk.desk.staff.setPin({ pin: PIN });
  const answers = [desk.heard, await desk.desk.enrolment.get(), await desk.desk.staff.known()];
  await desk.stop();
  const credential = await createKeyFileSecrets(dataDir).open(sealedRow(dataDir).credential ?? '');
  const secret = credential ?? 'not there';
  expect(secret).toMatch(/^\w+_[\w-]{43}$/);
  for (const text of [secret, PIN, '$argon2id$']) {
    expect(JSON.stringify(answers)).not.toContain(text);
    expect(lines.join('')).not.toContain(text);
    for (const file of readdirSync(dataDir).filter((name) => statSync(`${dataDir}/${name}`).isFile())) {
      expect(readFileSync(`${dataDir}/${file}`).includes(text), file).toBe(false);
    }
  }
});
