/** A subscriber of the register. */
export interface Subscriber {
  readonly imsi: string;
  /** Digits of the E.164 number, without the plus sign; null when the card has none. */
  readonly msisdn: string | null;
  readonly csEnabled: boolean;
  readonly psEnabled: boolean;
}

export interface Line {
  readonly imsi: string;
  readonly msisdn: string;
  readonly iccid: string | null;
}

/** A home location register. Every call may be repeated: it brings about a state. */
export interface Hlr {
  /** Where it is, without secrets. */
  readonly target: string;
  check(signal: AbortSignal): Promise<void>;
  find(imsi: string, signal: AbortSignal): Promise<Subscriber | null>;
  /** The card exists, answers to the number, and may use calls and data. Throws ActionFailure. */
  activate(line: Line, signal: AbortSignal): Promise<void>;
  /** The card loses the number and its access. Its record and keys stay; a card that has another number is left alone. */
  deactivate(line: Line, signal: AbortSignal): Promise<void>;
}

/** True when the card serves a number other than this one: then it is someone's, and must not be taken over. */
export function servesAnother(found: Subscriber, msisdn: string): boolean {
  return found.msisdn !== null && found.msisdn !== msisdn && (found.csEnabled || found.psEnabled);
}
