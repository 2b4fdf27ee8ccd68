import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs, type ReadOutcome } from '../messages.ts';
import { createAtChannel } from './at-channel.ts';
import { createModemSimReader } from './modem-sim.ts';
import { createNoiseGate } from './noise-gate.ts';
import type { PortSession, SessionContext } from './session.ts';

const POLL_MS = 1_000;
const GREETING_MS = 1_000;
/** Unanswered questions in a row after which a modem counts as silent. */
const MAX_SILENCES = 3;

/** An AT modem: watches its SIM, which is a scan when it appears or changes. */
export function createModemSession(context: SessionContext): PortSession {
  const { report, memory } = context;
  const channel = createAtChannel(context.write);
  const sim = createModemSimReader(channel);
  const noise = createNoiseGate(report);
  let isEnded = false;
  report.setRole('modem');

  async function noteSim(iccid: string, isNews: boolean) {
    report.setCard({ state: 'read', iccid, imsi: null });
    report.put('ready', null, null, 'card_read');
    if (isNews) report.scan('modem', iccid);
    const imsi = await sim.imsi();
    if (isEnded) return;
    report.setCard({ state: 'read', iccid, imsi });
    report.put('ready');
  }

  function noteAbsent() {
    const wasThere = report.card()?.iccid !== null;
    report.emptyCard();
    report.put('ready', null, null, wasThere ? 'card_removed' : undefined);
  }

  /** One look at the SIM; false when the modem did not answer. */
  async function look(): Promise<boolean> {
    const found = await sim.iccid();
    if (isEnded || found.state === 'silent') return false;
    const iccid = found.state === 'present' ? found.iccid : null;
    const isNews = memory.see(report.id, iccid);
    if (iccid === null) noteAbsent();
    else if (report.card()?.iccid !== iccid) await noteSim(iccid, isNews);
    else report.put('ready');
    return true;
  }

  async function greet(): Promise<boolean> {
    for (let asked = 0; asked < MAX_SILENCES && !isEnded; asked += 1) {
      if ((await channel.ask('AT', GREETING_MS)).ok) return true;
    }
    return false;
  }

  async function watch() {
    let silences = (await greet()) ? 0 : MAX_SILENCES;
    if (silences === 0) await channel.ask('ATE0');
    while (!isEnded && silences < MAX_SILENCES) {
      silences = (await look()) ? 0 : silences + 1;
      await Promise.race([pause(POLL_MS), context.closed]);
    }
    if (!isEnded) context.giveUp('modem_silent', 'no answer to AT');
  }
  void watch();

  /** What is read on request is no longer news when the watch sees it. */
  async function read(): Promise<ReadOutcome> {
    const found = await sim.iccid();
    if (found.state === 'present') {
      memory.see(report.id, found.iccid);
      return { ok: true, text: found.iccid, receivedAt: monotonicMs() };
    }
    return { ok: false, reason: found.state === 'absent' ? 'absent' : 'not_ready', detail: null };
  }

  return {
    line: (text) => void channel.receive(text),
    dropped: (reason) => noise.dropped(reason),
    read,
    end: () => {
      isEnded = true;
      channel.close();
    },
  };
}
