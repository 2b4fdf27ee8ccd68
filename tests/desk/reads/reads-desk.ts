import { onTestFinished } from 'vitest';
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
  await started.desk.enrolment.enrolHere({ name: 'Till 1', storeId: 1 });
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
