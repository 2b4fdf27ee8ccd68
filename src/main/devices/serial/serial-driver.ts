import { setTimeout as pause } from 'node:timers/promises';
import type { DeviceSettings, SerialPortSettings } from '#core/scan/schema.ts';
import { createSimMemory } from '../sim-memory.ts';
import type { Driver, DriverSink } from '../sink.ts';
import { createPortKeeper, type PortKeeper } from './port-keeper.ts';
import { createPortLister, type ListedPort, portIdentity } from './port-list.ts';

type SerialSettings = DeviceSettings['serial'];

/** Plug and unplug are seen within twice this time. */
const SURVEY_MS = 500;
const LISTING_ID = 'serial';

/** The ports to keep open: those of the settings, and those whose maker is known, unless the settings name them. */
export function wantedPorts(settings: SerialSettings, listed: readonly ListedPort[]): SerialPortSettings[] {
  const named = new Set(settings.ports.map((port) => port.path));
  const found = listed.filter((port) => settings.autoDetect && port.guess !== null && !named.has(port.path));
  return [
    ...settings.ports,
    ...found.map(({ path, guess, name }) => ({ path, role: guess ?? ('auto' as const), baudRate: 9600, name })),
  ];
}

/** Serial readers and AT modems: watches the ports, keeps the wanted ones open, shows the others as available. */
export function createSerialDriver(sink: DriverSink): Driver<SerialSettings> {
  const list = createPortLister();
  const memory = createSimMemory();
  const keepers = new Map<string, { keeper: PortKeeper; settings: string }>();
  const shown = new Set<string>();
  const stopping = new AbortController();
  let settings: SerialSettings | null = null;
  let hasLooked = false;
  let markSurveyed: () => void = () => undefined;
  const surveyed = new Promise<void>((resolve) => {
    markSurveyed = resolve;
  });

  async function listPorts(): Promise<readonly ListedPort[]> {
    try {
      const ports = await list();
      sink.remove(LISTING_ID);
      return ports;
    } catch (error) {
      const base = { id: LISTING_ID, source: 'serial' as const, name: 'serial', path: null, card: null };
      sink.put({ ...base, state: 'failed', problem: 'port_list_failed', detail: String(error) });
      return [];
    }
  }

  function showAvailable(ports: readonly ListedPort[]) {
    const paths = new Set(ports.map((port) => `serial:${port.path}`));
    for (const id of shown) if (!paths.has(id)) forget(id);
    for (const { path, name } of ports) {
      const id = `serial:${path}`;
      shown.add(id);
      sink.put({ id, source: 'serial', name, path, state: 'available', problem: null, detail: null, card: null });
    }
  }

  function forget(id: string) {
    shown.delete(id);
    if (![...keepers.values()].some(({ keeper }) => keeper.id === id)) sink.remove(id);
  }

  async function keepWanted(wanted: readonly SerialPortSettings[], named: ReadonlySet<string>) {
    const byPath = new Map(wanted.map((port) => [port.path, port]));
    for (const [path, { keeper, settings: before }] of keepers) {
      const port = byPath.get(path);
      if (port !== undefined && JSON.stringify(port) === before) continue;
      keepers.delete(path);
      await keeper.stop();
      if (port === undefined) sink.remove(keeper.id);
    }
    for (const [path, port] of byPath) {
      if (keepers.has(path)) continue;
      // A port that turns up by itself after the first look was plugged in just now.
      if (hasLooked && !named.has(path)) memory.unplugged(`serial:${path}`);
      keepers.set(path, { keeper: createPortKeeper(port, sink, memory), settings: JSON.stringify(port) });
    }
  }

  async function survey(current: SerialSettings) {
    const isListing = current.autoDetect || process.platform === 'win32';
    const listed = isListing ? await listPorts() : [];
    if (!isListing) sink.remove(LISTING_ID);
    const wanted = wantedPorts(current, listed);
    await keepWanted(wanted, new Set(current.ports.map((port) => port.path)));
    const paths = new Set(wanted.map((port) => port.path));
    showAvailable(listed.filter((port) => !paths.has(port.path)));
    for (const [path, { keeper }] of keepers) keeper.look(await portIdentity(path, listed));
  }

  async function watch() {
    while (!stopping.signal.aborted) {
      if (settings !== null) {
        await survey(settings).catch((error) => sink.log('error', 'serial survey failed', error));
        hasLooked = true;
        markSurveyed();
      }
      await pause(SURVEY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await Promise.all([...keepers.values()].map(({ keeper }) => keeper.stop()));
  }
  const watching = watch();

  return {
    configure: (next) => {
      settings = next;
    },
    surveyed: () => surveyed,
    read: (deviceId) => [...keepers.values()].find(({ keeper }) => keeper.id === deviceId)?.keeper.read(),
    stop: () => {
      stopping.abort();
      return watching;
    },
  };
}
