export interface Rest {
  /** Ends the rest that is, or else the next one. */
  stir(): void;
  /** Forgets what has stirred until now: it is being seen to. */
  begin(): void;
  /** Resolves after so many milliseconds, or when stirred since `begin`. */
  wait(ms: number): Promise<void>;
}

/** The pauses of a loop that may be called on at any time. */
export function createRest(): Rest {
  let isStirred = false;
  let wake: () => void = () => undefined;
  return {
    stir() {
      isStirred = true;
      wake();
    },
    begin() {
      isStirred = false;
    },
    async wait(ms) {
      if (isStirred || ms === 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = () => undefined;
    },
  };
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 20_000;

/** Longer after each failure, and never the same for two desks that lost central together. */
export function retryMs(failures: number): number {
  const longest = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures, 10), LAST_RETRY_MS);
  return longest / 2 + (Math.random() * longest) / 2;
}
