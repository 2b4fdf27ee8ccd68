import type { DeviceSettings } from '#core/scan/schema.ts';
import type { Log } from '../log.ts';
import type { DriverLauncher, DriverProcess } from './launcher.ts';
import { FromDrivers, monotonicMs, type ToDrivers } from './messages.ts';

/** Keeps a drivers' process running: starts it again when it ends or no longer answers. */
export interface Supervisor {
  start(settings: DeviceSettings): void;
  send(message: ToDrivers): void;
  stop(): Promise<void>;
}

export interface SupervisorListener {
  message(message: FromDrivers): void;
  /** The process has ended without being asked to; another is on its way. */
  lost(): void;
}

const PING_MS = 2_000;
/** Longer than any pause of a loaded machine, shorter than a cashier's patience. */
const SILENCE_MS = 10_000;
const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5_000;
const STOP_LIMIT_MS = 4_000;

export function createSupervisor(launch: DriverLauncher, listener: SupervisorListener, log: Log): Supervisor {
  let running: { process: DriverProcess; startedAt: number; heardAt: number } | null = null;
  let settings: DeviceSettings | null = null;
  let retryMs = FIRST_RETRY_MS;
  let retry: NodeJS.Timeout | undefined;
  let pinging: NodeJS.Timeout | undefined;
  let ended: (() => void) | null = null;

  function receive(data: unknown) {
    if (running === null) return;
    running.heardAt = monotonicMs();
    const message = FromDrivers.safeParse(data);
    if (message.success) listener.message(message.data);
    else log.error({ problem: message.error.message }, 'the device drivers sent an unknown message');
  }

  function exited(detail: string) {
    clearInterval(pinging);
    if (running !== null && monotonicMs() - running.startedAt > 30_000) retryMs = FIRST_RETRY_MS;
    running = null;
    if (ended !== null) return ended();
    log.error({ detail, retryMs }, 'the device drivers ended; starting them again');
    listener.lost();
    retry = setTimeout(launchNow, retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  function ping() {
    if (running === null) return;
    const now = monotonicMs();
    if (now - running.heardAt > SILENCE_MS) {
      log.error({}, 'the device drivers no longer answer');
      running.process.kill();
    } else {
      running.process.send({ type: 'ping', at: now } satisfies ToDrivers);
    }
  }

  function launchNow() {
    const complained = (text: string) => log.warn({ text }, 'device drivers');
    const process = launch({ message: receive, exited, complained });
    const now = monotonicMs();
    running = { process, startedAt: now, heardAt: now };
    if (settings !== null) process.send({ type: 'configure', settings } satisfies ToDrivers);
    pinging = setInterval(ping, PING_MS);
  }

  return {
    start(first) {
      settings = first;
      ended = null;
      launchNow();
    },
    send(message) {
      if (message.type === 'configure') settings = message.settings;
      running?.process.send(message);
    },
    stop() {
      clearTimeout(retry);
      const current = running;
      if (current === null) return Promise.resolve();
      return new Promise((resolve) => {
        const impatience = setTimeout(() => current.process.kill(), STOP_LIMIT_MS);
        ended = () => {
          clearTimeout(impatience);
          resolve();
        };
        current.process.send({ type: 'stop' } satisfies ToDrivers);
      });
    },
  };
}
