import { createRouterClient } from '@orpc/server';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { DeskEvent } from '#core/contract/desk/events.ts';
import { createHost } from '../../../src/main/host.ts';
import { createKeyFileSecrets } from '../../../src/main/session/secret-store.ts';
import { PASSWORD } from '../../parts/central.ts';
import { noDrivers } from '../../parts/no-drivers.ts';
import { waitUntil } from '../../parts/wait.ts';

type EventOf<T extends DeskEvent['type']> = Extract<DeskEvent, { type: T }>;

export interface DeskOptions {
  readonly dataDir: string;
  readonly centralUrl: string;
  readonly invitation?: string;
  readonly now?: () => Date;
  readonly log?: Logger;
}

/** A whole host in this process, with one window that hears every event. Stopped when the test ends. */
export async function startDesk({ dataDir, centralUrl, log, ...rest }: DeskOptions) {
  const host = await createHost({
    dataDir,
    centralUrl,
    capabilities: { shell: 'browser', version: 'test', platform: process.platform, print: false },
    secrets: createKeyFileSecrets(dataDir),
    drivers: noDrivers,
    directory: new URL('../../../src/main/directory/worker.ts', import.meta.url),
    log: log ?? pino({ level: process.env.COMPTOIR_TEST_LOG ?? 'silent' }),
    ...rest,
  });
  await host.start();
  const desk = createRouterClient(host.router);
  const heard: DeskEvent[] = [];
  let window = openWindow();
  function openWindow() {
    const closing = new AbortController();
    return { closing, listening: listen(closing.signal) };
  }
  async function listen(signal: AbortSignal) {
    try {
      for await (const event of await desk.system.events(undefined, { signal })) heard.push(event);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  const closeWindow = async () => {
    window.closing.abort();
    await window.listening;
  };
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await closeWindow();
    await host.stop();
  };
  onTestFinished(stop);
  return {
    host,
    desk,
    heard,
    stop,
    closeWindow,
    openWindow: () => {
      window = openWindow();
    },
    signIn: (email = 'sales@test.comptoir.test') => desk.session.signIn({ email, password: PASSWORD }),
    /** The first event of a type that fits, heard already or soon. */
    hear: <T extends DeskEvent['type']>(type: T, fits: (event: EventOf<T>) => boolean = () => true) =>
      waitUntil(
        () => heard.find((event): event is EventOf<T> => event.type === type && fits(event as EventOf<T>)),
        `the event ${type}`,
      ),
  };
}

export type TestDesk = Awaited<ReturnType<typeof startDesk>>;
