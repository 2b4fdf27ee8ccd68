import type {
  DeviceCard,
  DeviceEvent,
  DeviceProblem,
  DeviceState,
  ScanSource,
  SerialPortSettings,
} from '#core/scan/schema.ts';
import type { DriverSink } from '../sink.ts';

/** A port's status as it is told to the host; after `stop` nothing is told any more. */
export interface PortReport {
  readonly id: string;
  /** What the port turned out to be; a modem has a card slot. */
  setRole(role: 'reader' | 'modem'): void;
  readonly card: () => DeviceCard | null;
  setCard(card: DeviceCard): void;
  emptyCard(): void;
  put(state: DeviceState, problem?: DeviceProblem | null, detail?: string | null, event?: DeviceEvent): void;
  scan(source: ScanSource, text: string, receivedAt?: number): void;
  stop(): void;
}

const NO_CARD: DeviceCard = { state: 'absent', iccid: null, imsi: null };

export function createPortReport(settings: SerialPortSettings, sink: DriverSink): PortReport {
  const id = `serial:${settings.path}`;
  const name = settings.name === '' ? settings.path : settings.name;
  let isModem = settings.role === 'modem';
  let card: DeviceCard | null = isModem ? NO_CARD : null;
  let isStopped = false;
  return {
    id,
    setRole(role) {
      isModem = role === 'modem';
      card = isModem ? NO_CARD : null;
    },
    card: () => card,
    setCard: (next) => {
      card = next;
    },
    emptyCard: () => {
      if (card !== null) card = NO_CARD;
    },
    put(state, problem = null, detail = null, event = undefined) {
      const source = isModem ? 'modem' : 'serial';
      if (!isStopped) sink.put({ id, source, name, path: settings.path, state, problem, detail, card }, event);
    },
    scan: (source, text, receivedAt) => {
      if (!isStopped) sink.scan(id, source, text, receivedAt);
    },
    stop: () => {
      isStopped = true;
    },
  };
}
