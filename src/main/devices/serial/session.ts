import type { DeviceProblem } from '#core/scan/schema.ts';
import type { ReadOutcome } from '../messages.ts';
import type { SimMemory } from '../sim-memory.ts';
import type { PortReport } from './port-report.ts';

/** What one kind of device does with an open port. */
export interface PortSession {
  line(text: string, receivedAt: number): void;
  /** Input that was no line was thrown away. */
  dropped(reason: string): void;
  read?(): Promise<ReadOutcome>;
  end(): void;
}

/** What a session may do to its port; nothing has an effect any more once the port is closed or another session has it. */
export interface SessionContext {
  readonly report: PortReport;
  readonly memory: SimMemory;
  readonly closed: Promise<void>;
  write(text: string): void;
  /** Hands the port over to another kind of session. */
  become(role: 'reader' | 'modem'): void;
  /** Closes the port, to be tried again later. */
  giveUp(problem: DeviceProblem, detail: string): void;
}
