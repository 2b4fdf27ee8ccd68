import type { Link } from '#core/contract/desk/events.ts';
import { CLOCK_DIFFERENCE_SAID_MS, type Enrolment, type SyncState } from '#core/contract/desk/work.ts';

/** What a state means for the person who looks; never a colour by itself. */
export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'idle';

type State = Enrolment['state'];

/** Work that head office does not have yet, or that a person must decide about. */
export function unsent({ waiting, refused }: SyncState['outbox']): number {
  return waiting + refused;
}

/**
 * The line. Green says that all is well, so it is shown only while nothing waits. A desk that can go on without a line is
 * warned, not alarmed, when it is cut.
 */
export function linkTone(link: Pick<Link, 'state'>, sync: SyncState | undefined, enrolment: State | undefined): Tone {
  if (link.state === 'connecting') return 'busy';
  if (link.state === 'offline') return enrolment === 'enrolled' ? 'warn' : 'bad';
  if (sync === undefined) return 'idle';
  const behind = sync.directory === 'behind' || sync.directory === 'first' || sync.directory === 'rebuilding';
  return unsent(sync.outbox) > 0 || behind ? 'idle' : 'good';
}

/** A desk that is not enrolled keeps no work, so its bar says nothing of any, unless some is left from before. */
export function showsOutbox(sync: SyncState, enrolment: State): boolean {
  return enrolment === 'enrolled' || enrolment === 'revoked' || unsent(sync.outbox) > 0;
}

export type OutboxWords = 'allSent' | 'waiting' | 'refused';

/** Refused before waiting before all sent: what needs a person is named first. */
export function outboxFact({ waiting, refused }: SyncState['outbox'], isOffline: boolean): [Tone, OutboxWords] {
  if (refused > 0) return ['bad', 'refused'];
  if (waiting > 0) return [isOffline ? 'warn' : 'busy', 'waiting'];
  return ['good', 'allSent'];
}

export type DirectoryWords =
  | 'current'
  | 'behind'
  | 'never'
  | 'first'
  | 'firstStarting'
  | 'rebuilding'
  | 'rebuildingStarting';

/** Null for a desk without a directory. */
export function directoryFact({ directory, progress, lastSyncAt }: SyncState): [Tone, DirectoryWords] | null {
  switch (directory) {
    case 'off':
      return null;
    case 'current':
      return ['idle', lastSyncAt === null ? 'never' : 'current'];
    case 'behind':
      return ['warn', lastSyncAt === null ? 'never' : 'behind'];
    case 'first':
    case 'rebuilding':
      return ['busy', progress === null || progress.total === 0 ? `${directory}Starting` : directory];
  }
}

/** By how much the machine's clock is ahead (or behind, when negative), ms; null while that is nothing to speak of. */
export function clockFact({ clockDifferenceMs }: SyncState): number | null {
  if (clockDifferenceMs === null || Math.abs(clockDifferenceMs) < CLOCK_DIFFERENCE_SAID_MS) return null;
  return clockDifferenceMs;
}

/** How far a reading is, 0 to 1. Never whole before it ends: the totals are estimates. */
export function shareDone({ done, total }: NonNullable<SyncState['progress']>): number {
  return total === 0 ? 0 : Math.min(0.99, Math.max(0, done / total));
}
