import { createContext, useContext } from 'react';
import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import type { Step, StepName } from '#core/assignment/steps.ts';

/** What stands in the way right now: an error of a desk call, or a scan that was refused. */
export type Problem =
  | { readonly kind: 'error'; readonly error: unknown }
  | { readonly kind: 'scan'; readonly reason: string; readonly facts: Readonly<Record<string, string>> };

/** What every screen of the wizard shares. All of it comes from the draft; the screens choose nothing themselves. */
export interface Wizard {
  readonly draft: Draft;
  readonly steps: readonly Step[];
  readonly step: StepName;
  /** Where the one next action leads: the first step that waits for something, else review. */
  readonly next: StepName;
  /** Commands under way, for example `item:12`; each shows as words where it was asked for. */
  readonly busy: ReadonlySet<string>;
  /** What was scanned and is being held: the ticket shows it at once, as what it is. */
  readonly taking: DraftItem['item'] | null;
  readonly problem: Problem | null;
  /** Opens a step; null opens whichever misses something. */
  readonly open: (step: StepName | null) => void;
  readonly back: () => void;
  /** Goes on past a step whose optional questions may stay open. */
  readonly pass: (step: StepName) => void;
  /**
   * Runs a command on the draft and shows its outcome. Resolves to the new draft, or to null when it failed, which is
   * then on screen. Afterwards `advance` opens the next step that waits for something, `complete` does so only when this
   * command answered the last question of the present step.
   */
  readonly act: (
    name: string,
    command: () => Promise<Draft>,
    then?: 'advance' | 'complete' | 'stay',
  ) => Promise<Draft | null>;
  /** Holds an item for the draft, in the slot of its template. Null when it can't be had, which is then on screen. */
  readonly take: (item: DraftItem['item']) => Promise<Draft | null>;
  readonly setProblem: (problem: Problem | null) => void;
  readonly confirm: () => void;
  readonly discard: () => void;
}

/** Whether an item is being held right now. */
export function isHolding(busy: ReadonlySet<string>): boolean {
  return [...busy].some((name) => name.startsWith('item:'));
}

export const WizardContext = createContext<Wizard | null>(null);

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext);
  if (wizard === null) throw new Error('useWizard needs a wizard above it');
  return wizard;
}
