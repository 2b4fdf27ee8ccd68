import { listDrafts, removeOldDrafts } from '../store/drafts.ts';
import { createChoosing } from './choosing.ts';
import { createOrdering } from './ordering.ts';
import { createWorkspace, type DraftsOptions } from './workspace.ts';

const DISCARDED_KEPT_MS = 60_000;
const ORDERED_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Assignments from their first screen to their order: saved before answered, one act at a time, each announced. */
export function createDrafts(options: DraftsOptions) {
  const { store, person, now } = options;
  const workspace = createWorkspace(options);
  const ago = (ms: number) => new Date(now().getTime() - ms).toISOString();
  return {
    list: () => listDrafts(store, person().id),
    get: (draftId: string) => workspace.load(draftId),
    ...createChoosing(options, workspace),
    ...createOrdering(options, workspace),
    /** Resolves when every act under way is saved. */
    settled: workspace.settled,
    /** Forgets what nobody can come back to. */
    tidy: () => removeOldDrafts(store, ago(DISCARDED_KEPT_MS), ago(ORDERED_KEPT_MS)),
  };
}

export type Drafts = ReturnType<typeof createDrafts>;
