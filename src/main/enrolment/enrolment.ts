import type { Enrolment } from '#core/contract/desk/work.ts';
import { fail } from '../failures.ts';

export interface EnrolHere {
  readonly name: string;
  readonly storeId: number;
}

export interface DeskEnrolment {
  current(): Enrolment;
  /** The desk's own key to head office; null when it has none. Never leaves the host. */
  credential(): string | null;
  /** The desk's id once enrolled, also after its credential was withdrawn. */
  deskId(): string | null;
  request(): Promise<Enrolment>;
  enrolHere(input: EnrolHere): Promise<Enrolment>;
  /** Central said `desk_unknown` to a call with this credential. */
  refused(credential: string): void;
  restore(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createEnrolment(): DeskEnrolment {
  return {
    current: () => ({ state: 'none' }),
    credential: () => null,
    deskId: () => null,
    request: async () => {
      throw fail('unavailable');
    },
    enrolHere: async () => {
      throw fail('unavailable');
    },
    refused: () => undefined,
    restore: async () => undefined,
    start: () => undefined,
    stop: async () => undefined,
  };
}
