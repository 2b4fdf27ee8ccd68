import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { SyncState } from '#core/contract/desk/work.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { createCentral } from './central/client.ts';
import { createLinkMonitor } from './central/link-monitor.ts';
import { createDeviceService } from './devices/device-service.ts';
import type { DriverLauncher } from './devices/launcher.ts';
import { createDirectory } from './directory/directory.ts';
import { deskOf } from './directory/followed-desk.ts';
import type { HandOver } from './documents/hand-over.ts';
import { createDrafts } from './drafts/drafts.ts';
import { createHolds } from './drafts/holds.ts';
import { createLocalHolds } from './drafts/local-holds.ts';
import { createReservations } from './drafts/reservations.ts';
import { createEnrolment } from './enrolment/enrolment.ts';
import { createEvents } from './events.ts';
import { fail } from './failures.ts';
import { createJobs } from './jobs/jobs.ts';
import { createJobWatch } from './jobs/watch.ts';
import { createJournal } from './journal/journal.ts';
import type { Log } from './log.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createShares, ownItems } from './outbox/shares.ts';
import { createPortalView } from './portal-view/portal-view.ts';
import type { PortalShell } from './portal-view/shell.ts';
import { createReads } from './reads/reads.ts';
import { createCommands } from './router/commands.ts';
import type { Capabilities } from './router/own.ts';
import { createRouter } from './router.ts';
import { createItemFacts } from './scans/item-facts.ts';
import { createScans } from './scans/scans.ts';
import type { SecretStore } from './session/secret-store.ts';
import { createSession } from './session/session.ts';
import { createSettings } from './settings/settings.ts';
import { createOnwardClock } from './staff/clock.ts';
import { createStaffPins } from './staff/staff.ts';
import { getDraft } from './store/drafts.ts';
import { openOrRepairStore } from './store/repair.ts';
import { createSyncStatus } from './sync-state.ts';
import { openWorkStore } from './work-store/work-store.ts';

export interface HostOptions {
  /** The desk's own folder. */
  readonly dataDir: string;
  /** Central's origin. */
  readonly centralUrl: string;
  /** What the shell can do; screens learn nothing else about it. */
  readonly capabilities: Omit<Capabilities, 'portalView'>;
  /** Shows the portal in the desk's window; without one the browser opens a tab. */
  readonly portal?: PortalShell;
  readonly secrets: SecretStore;
  /** The device drivers' program, or another way to start it. */
  readonly drivers: URL | DriverLauncher;
  /** The program of the thread that keeps the directory. */
  readonly directory: URL;
  readonly log: Log;
  /** Enrols this desk by itself, when it is not enrolled yet. */
  readonly invitation?: string;
  readonly now?: () => Date;
}

/** What takes longer goes on after the next start: an order by its key, holds until they lapse. */
const DRAIN_MS = 8_000;
/** Head office ends a view of the portal by itself when it does not hear of its end. */
const GOODBYE_MS = 2_000;
/** What a job made at head office is to be read here when its end is told: so long is waited for the directory. */
const CAUGHT_UP_MS = 300;

/** The desk's host, whichever shell carries it: everything but windows. The one place where its parts are put together. */
export async function createHost(options: HostOptions) {
  const { dataDir, centralUrl, secrets, log, now = () => new Date() } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { store, setAside } = await openOrRepairStore(dataDir, now, log);
  const events = createEvents();
  const settings = createSettings(store);

  const work = openWorkStore(dataDir, {
    now,
    onSetAside: (aside) => log.error({ file: aside.file }, 'the outbox’s file was damaged and is set aside'),
  });
  const journal = createJournal(work);
  const monitor = createLinkMonitor({
    url: centralUrl,
    changed(link) {
      events.publish({ type: 'link', link });
      if (link.state === 'online') void session.lineIsBack();
      outbox.linkChanged(link);
      if (link.state === 'online') void shares.resume();
    },
    clockChanged: () => syncStatus.changed(),
    now,
  });
  const nobody = { token: async () => null, refused: async () => null };
  const noDesk = { credential: () => null, refused: () => undefined };
  const enrolment = createEnrolment({
    store,
    secrets,
    centralUrl,
    anonymous: createCentral({ url: centralUrl, caller: nobody, desk: noDesk, reachability: monitor }),
    approve: (input) => central.desks.approveEnrolment(input),
    person: () => session.user(),
    unsent: () => outbox.counts(),
    journal,
    changed(state) {
      events.publish({ type: 'enrolment', enrolment: state });
      if (state.state === 'revoked') void session.deskRevoked();
      directory.follow(deskOf(enrolment));
      // It looks for itself whether there is a desk to work for; starting what runs changes nothing.
      outbox.start();
      syncStatus.changed();
    },
    invitation: options.invitation,
    now,
    log,
  });
  const clock = createOnwardClock(store, now);
  const staff = createStaffPins({
    store,
    secrets,
    clock,
    isEnrolled: () => enrolment.credential() !== null,
    clockDifference: monitor.clockDifference,
    journal,
    now,
  });
  const session = createSession({
    store,
    secrets,
    central: createCentral({ url: centralUrl, caller: nobody, desk: enrolment, reachability: monitor }),
    staff,
    journal,
    unsent: () => outbox.counts(),
    isOnline: async () => (await monitor.check()).state === 'online',
    changed: (user, reason) => {
      events.publish({ type: 'session', user, reason });
      // The jobs of who was here before are not the next person's.
      void jobs.pause().then(jobs.resume);
      void portalView.personChanged(user);
    },
    now,
    log,
  });
  const central = createCentral({ url: centralUrl, caller: session, desk: enrolment, reachability: monitor });
  const person = (): StaffUser => {
    const user = session.user();
    if (user === null) throw fail('unauthorized');
    return user;
  };

  const portalView = createPortalView({
    ...{ central, person, events, now, log, token: session.token, shell: options.portal ?? null },
    async endAs(token, id) {
      const caller = { token: async () => token, refused: async () => null };
      await createCentral({ url: centralUrl, caller, desk: enrolment, reachability: monitor }).impersonations.end({
        id,
      });
    },
  });

  const directory = createDirectory({
    folder: dataDir,
    program: options.directory,
    url: centralUrl,
    central,
    stateChanged: () => {
      syncStatus.changed();
      void shares.directoryChanged();
    },
    rowsChanged: (entities) => events.publish({ type: 'directory', entities }),
    refused: enrolment.refused,
    giveBack: (itemIds) => void shares.asked(itemIds),
    log,
  });
  const outbox = createOutbox({
    store: work,
    central,
    enrolment,
    link: monitor.current,
    person,
    events,
    announceSync: () => syncStatus.changed(),
    log,
  });
  const syncState = (): SyncState => ({
    ...directory.state(),
    clockDifferenceMs: monitor.clockDifference(),
    outbox: outbox.counts(),
    setAside: work.setAside() ?? setAside ?? directory.state().setAside,
  });
  const syncStatus = createSyncStatus(syncState, (state) => events.publish({ type: 'sync', state }));

  const reads = createReads({
    central,
    store,
    directory,
    overlay: outbox.overlay,
    desk: () => {
      const current = enrolment.current();
      return current.state === 'enrolled' ? { id: current.desk.id, storeId: current.desk.store.id } : null;
    },
    person: session.user,
    isOnline: () => monitor.current().state !== 'offline',
    drafts: () => drafts.list(),
    now,
    log,
  });
  const watch = createJobWatch(central, () => directory.caughtUp(CAUGHT_UP_MS));
  const jobs = createJobs({ store, watch, events, user: session.user, now, log });
  const items = createItemFacts((id) => reads.inventory.item({ id }));
  const link = monitor.current;
  const holds = createHolds({
    reservations: createReservations(central, log),
    here: createLocalHolds({ store, work, outbox, reads, link, userName: () => person().name, now }),
    now,
  });
  const drafts = createDrafts({
    ...{ store, work, outbox, central, reads, link, holds, events, jobs, person },
    ...{ itemFacts: items.get, now, log },
  });
  const shares = createShares({
    store: work,
    central,
    inDrafts: drafts.itemIds,
    ownOf: async (itemIds) => (directory.isWhole() ? ownItems(directory.reader(), enrolment.deskId(), itemIds) : null),
    lastSyncAt: () => directory.state().lastSyncAt,
    changed: outbox.holdsChanged,
    log,
  });
  const scans = createScans({
    central,
    here: reads.here,
    isOnline: () => monitor.current().state !== 'offline',
    events,
    seen: items.see,
    hasDraft: async (id) => (await getDraft(store, person().id, id)) !== undefined,
    isSignedIn: () => session.user() !== null,
  });
  const devices = createDeviceService({
    settings: await settings.devices(),
    drivers: options.drivers,
    onScan: (scan) => void scans.take(scan),
    onDeviceChange: (change) => events.publish({ type: 'device', change }),
    log,
    now,
  });
  // Loaded for the first print: its libraries (PDF, QR, phone numbers) are nearly half of what the host would load at its start.
  const documents: HandOver = {
    async print(input) {
      const { createHandOver } = await import('./documents/hand-over.ts');
      const parts = { central, reads, draftOf: drafts.get, statusTokenOf: outbox.statusTokenOf, centralUrl };
      return createHandOver({ ...parts, person, now }).print(input);
    },
  };

  return {
    router: createRouter({
      capabilities: { ...options.capabilities, portalView: options.portal === undefined ? 'tab' : 'built_in' },
      portalView,
      central,
      person,
      enrolment,
      directory,
      outbox,
      staff,
      journal,
      syncState,
      now,
      events,
      link: monitor.current,
      settings,
      session,
      drafts,
      scans,
      devices,
      watch,
      jobs,
      reads,
      commands: createCommands({ central, outbox, directory, reads }),
      documents,
      log,
    }),
    async start() {
      await clock.restore();
      await enrolment.restore();
      await session.restore();
      await drafts.reconcile();
      await drafts.tidy();
      await jobs.tidy();
      clock.start();
      monitor.start();
      enrolment.start();
      directory.follow(deskOf(enrolment));
      directory.start();
      outbox.start();
      devices.start();
    },
    /** Pieces of work that wait to be sent; those that head office refused wait for a person. */
    unsent: () => outbox.counts().waiting,
    /** The desk's language, for what its shell says. */
    language: async () => (await settings.get()).language,
    /** Lets what is under way end, then closes everything that is open. What is saved stays. */
    async stop() {
      await Promise.race([portalView.stop(), wait(GOODBYE_MS, undefined, { ref: false })]);
      await Promise.all([
        devices.stop(),
        jobs.pause(),
        monitor.stop(),
        enrolment.stop(),
        directory.stop(),
        outbox.stop(),
        shares.settled(),
      ]);
      syncStatus.stop();
      await clock.stop();
      await Promise.race([drafts.settled().then(holds.settled), wait(DRAIN_MS, undefined, { ref: false })]);
      await store.destroy();
      work.close();
    },
  };
}

export type Host = Awaited<ReturnType<typeof createHost>>;
