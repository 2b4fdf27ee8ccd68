import { createAtChannel } from './at-channel.ts';
import type { PortSession, SessionContext } from './session.ts';

const PROBE_MS = 400;
const PROBES = 2;
const AT_ANSWER = /^(AT|OK|ERROR|\+CM[ES] ERROR.*)$/;

/** Asks a port whether it is a modem. A port that answers AT is; one that sends a code meanwhile, or nothing, is a reader. */
export function createProbeSession(context: SessionContext): PortSession {
  const channel = createAtChannel(context.write);
  let isDecided = false;

  function decide(role: 'reader' | 'modem') {
    if (isDecided) return;
    isDecided = true;
    channel.close();
    context.become(role);
  }

  async function probe() {
    for (let asked = 0; asked < PROBES && !isDecided; asked += 1) {
      if ((await channel.ask('AT', PROBE_MS)).ok) return decide('modem');
    }
    decide('reader');
  }
  void probe();

  return {
    line(text, receivedAt) {
      if (AT_ANSWER.test(text.trim())) return void channel.receive(text);
      decide('reader');
      context.report.scan('serial', text, receivedAt);
    },
    dropped: () => decide('reader'),
    end: () => {
      isDecided = true;
      channel.close();
    },
  };
}
