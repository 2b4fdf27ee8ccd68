import type { DeviceProblem, SerialPortSettings } from '#core/scan/schema.ts';
import { monotonicMs, type ReadOutcome } from '../messages.ts';
import type { SimMemory } from '../sim-memory.ts';
import type { DriverSink } from '../sink.ts';
import { createModemSession } from './modem-session.ts';
import { openPort, type PortLink } from './port-link.ts';
import { createPortReport } from './port-report.ts';
import { createProbeSession } from './probe-session.ts';
import { createReaderSession } from './reader-session.ts';
import type { PortSession, SessionContext } from './session.ts';

/** Keeps one port open for as long as it is plugged in, and reports what it is and sends. */
export interface PortKeeper {
  readonly id: string;
  /** Called at each survey with what stands behind the path now; null when it is unplugged. */
  look(identity: string | null): void;
  /** Reads a modem's SIM; undefined when this port is no modem. */
  read(): Promise<ReadOutcome> | undefined;
  stop(): Promise<void>;
}

const RETRY_MS = 2_000;

const startSession = {
  auto: createProbeSession,
  reader: createReaderSession,
  modem: createModemSession,
};

/** What the system's words for a failed open mean. */
function problemOf(error: unknown): DeviceProblem {
  const text = String(error);
  if (/lock|busy|access denied|temporarily/i.test(text)) return 'port_busy';
  if (/permission|EACCES|EPERM/i.test(text)) return 'port_denied';
  return /no such|ENOENT|not found/i.test(text) ? 'port_missing' : 'port_failed';
}

export function createPortKeeper(settings: SerialPortSettings, sink: DriverSink, memory: SimMemory): PortKeeper {
  const report = createPortReport(settings, sink);
  let open: { link: PortLink; identity: string } | null = null;
  let session: PortSession | null = null;
  let isOpening = false;
  let isStopped = false;
  let retryAt = 0;

  function fail(problem: DeviceProblem, detail: string) {
    retryAt = monotonicMs() + RETRY_MS;
    report.put('failed', problem, detail);
  }

  function startOn(link: PortLink): void {
    const isCurrent = () => open?.link === link;
    const context: SessionContext = {
      report,
      memory,
      write: (text) => isCurrent() && link.write(text),
      closed: link.closed,
      become: (role) => {
        if (isCurrent()) session = startSession[role](context);
      },
      giveUp: (problem, detail) => {
        if (!isCurrent()) return;
        release(link);
        fail(problem, detail);
        void link.close();
      },
    };
    session = startSession[settings.role](context);
  }

  function release(link: PortLink): boolean {
    if (open?.link !== link) return false;
    open = null;
    session?.end();
    session = null;
    report.emptyCard();
    return true;
  }

  /** A port that closes by itself was unplugged; if it was not, the next look opens it again. */
  function closed(link: PortLink) {
    if (!release(link)) return;
    memory.unplugged(report.id);
    report.put('missing', 'port_missing');
  }

  async function openOn(identity: string) {
    if (retryAt === 0) report.put('connecting');
    try {
      const link = await openPort(settings.path, settings.baudRate, {
        line: (text, receivedAt) => session?.line(text, receivedAt),
        dropped: (reason) => session?.dropped(reason),
      });
      if (isStopped) return link.close();
      retryAt = 0;
      open = { link, identity };
      void link.closed.then(() => closed(link));
      startOn(link);
    } catch (error) {
      fail(problemOf(error), String(error));
    }
  }

  function unplugged() {
    retryAt = 0;
    memory.unplugged(report.id);
    if (open === null && !isOpening) report.put('missing', 'port_missing');
  }

  function lookAt(identity: string | null) {
    if (identity === null) unplugged();
    if (open !== null && open.identity !== identity) {
      const { link } = open;
      void link.close().then(() => closed(link));
    }
    if (identity === null || open !== null || isOpening || monotonicMs() < retryAt) return;
    isOpening = true;
    void openOn(identity).finally(() => {
      isOpening = false;
    });
  }

  return {
    id: report.id,
    look: lookAt,
    read: () => session?.read?.(),
    async stop() {
      isStopped = true;
      report.stop();
      const link = open?.link;
      if (link !== undefined) release(link);
      await link?.close();
    },
  };
}
