/** The answer to one AT command: the lines before OK, or why there is none. */
export type AtAnswer =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly reason: 'error' | 'timeout' | 'closed'; readonly detail: string };

/** One modem's command line: one command at a time, in the order asked. */
export interface AtChannel {
  ask(command: string, timeoutMs?: number): Promise<AtAnswer>;
  /** Gives a received line; false when no command waits for it. */
  receive(line: string): boolean;
  /** Answers what waits with `closed`. */
  close(): void;
}

interface Pending {
  readonly command: string;
  readonly lines: string[];
  readonly settle: (answer: AtAnswer) => void;
}

const FAILURE = /^(?:ERROR|NO CARRIER|\+CM[ES] ERROR:.*)$/;
const MAX_LINES = 20;

/** AT commands (3GPP TS 27.007) over `write`. Echo and unsolicited lines do no harm; nothing here sends a PIN. */
export function createAtChannel(write: (text: string) => void): AtChannel {
  let pending: Pending | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const run = (command: string, timeoutMs: number) =>
    new Promise<AtAnswer>((resolve) => {
      if (isClosed) return resolve({ ok: false, reason: 'closed', detail: command });
      const timer = setTimeout(() => settle({ ok: false, reason: 'timeout', detail: command }), timeoutMs);
      const settle = (answer: AtAnswer) => {
        clearTimeout(timer);
        pending = null;
        resolve(answer);
      };
      pending = { command, lines: [], settle };
      write(`${command}\r`);
    });

  return {
    ask(command, timeoutMs = 2_000) {
      const answer = queue.then(() => run(command, timeoutMs));
      queue = answer;
      return answer;
    },
    receive(line) {
      if (pending === null) return false;
      const text = line.trim();
      if (text === 'OK') pending.settle({ ok: true, lines: pending.lines });
      else if (FAILURE.test(text)) pending.settle({ ok: false, reason: 'error', detail: text });
      else if (text !== pending.command && pending.lines.length < MAX_LINES) pending.lines.push(text);
      return true;
    },
    close() {
      isClosed = true;
      pending?.settle({ ok: false, reason: 'closed', detail: pending.command });
    },
  };
}
