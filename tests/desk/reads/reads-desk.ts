import { onTestFinished } from 'vitest';
import type { Item } from '#core/domain/inventory.ts';
import { clientOf, PASSWORD, type TestCentral } from '../../parts/central.ts';
import { type Gateway, startGateway } from '../../parts/gateway.ts';
import { waitUntil } from '../../parts/wait.ts';
import { startDesk, type TestDesk } from '../host/test-desk.ts';

export const ADMIN = 'admin@demo.comptoir.test';
export const SALES = 'sales@demo.comptoir.test';

export interface ReadsDesk extends TestDesk {
  readonly line: Gateway;
  readonly dataDir: string;
}

/** A desk of store 1 with a whole directory, behind a line of its own, at which someone of sales is signed in. */
export async function startReadsDesk(central: TestCentral, dataDir: string, email = SALES): Promise<ReadsDesk> {
  const line = await startGateway(central.url);
  onTestFinished(() => line.close());
  const started = await startDesk({ dataDir, centralUrl: line.url });
  await started.signIn(ADMIN);
  const enrolment = await started.desk.enrolment.enrolHere({ name: 'Till 1', storeId: 1 });
  onTestFinished(async () => {
    const id = enrolment.state === 'enrolled' ? enrolment.desk.id : '';
    const admin = await central.asAdmin();
    // So that the desks of the next test have the store's stock between them.
    await admin.desks.revoke({ id });
    await admin.desks.reclaimStock({ id });
  });
  await untilCurrent(started);
  await started.desk.session.signOut({ force: true });
  await started.signIn(email);
  // Kept for the time without a line, as the screens ask for it from their first moment.
  await started.desk.central.info();
  return { ...started, line, dataDir };
}

export async function untilCurrent({ desk }: TestDesk): Promise<void> {
  await waitUntil(async () => (await desk.sync.state()).directory === 'current', 'the directory to be whole');
}

/** The line is cut, and the desk knows. */
export async function cut({ line, desk }: ReadsDesk): Promise<void> {
  line.cut();
  await waitUntil(async () => (await desk.system.link()).state === 'offline', 'the desk to see that the line is cut');
}

/** The requests of a piece of work that went to head office, but for heartbeats and the directory's own. */
export async function requestsOf({ line }: ReadsDesk, work: () => Promise<unknown>): Promise<string[]> {
  const before = line.passed.length;
  await work();
  return line.passed
    .slice(before)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => !/\/health\/|\/sync\/|\/auth\//.test(request));
}

/** Central itself, as the same person sees it. */
export async function centralAs(central: TestCentral, email = SALES) {
  const { accessToken } = await clientOf(central.url).auth.login({ email, password: PASSWORD });
  return clientOf(central.url, { token: accessToken });
}

/** Free items of the desk's own share: what it may promise without a line. Waits until it was given some. */
export function ownItems({ desk }: TestDesk, template: string): Promise<Item[]> {
  return waitUntil(async () => {
    await desk.sync.now();
    const { items } = await desk.inventory.items({ template, pickable: true, limit: 500 });
    const own = items.filter(({ share, reservation }) => share?.kind === 'own' && reservation === null);
    return own.length > 0 ? own : undefined;
  }, 'the desk to have its share');
}
