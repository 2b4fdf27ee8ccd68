import { commands, ownTransactions, queries } from '../http/implement.ts';
import { allowChanges, noteBlocked } from './changes.ts';
import { endImpersonations } from './end.ts';
import { type StartDeps, staffId, startImpersonation } from './start.ts';
import { ownImpersonation, presentImpersonation } from './state.ts';

/** Looking at the portal through a customer's eyes, as staff begin, watch and end it. */
export function impersonationsRoutes(deps: StartDeps) {
  const { start } = ownTransactions.impersonations;
  const { get } = queries.impersonations;
  const { allowChanges: allow, noteBlocked: note, end } = commands.impersonations;
  return {
    impersonations: {
      start: start.handler(({ context, input }) => startImpersonation(context, input, deps)),
      get: get.handler(async ({ context, input }) => {
        const row = await ownImpersonation(context.db, input.id, staffId(context.actor));
        return presentImpersonation(row, context.clock.now());
      }),
      allowChanges: allow.handler(({ context, input }) => allowChanges(context, input.id, staffId(context.actor))),
      noteBlocked: note.handler(({ context, input }) => noteBlocked(context, input, staffId(context.actor))),
      /** Nothing to end is what the caller wanted, whoever asks. */
      end: end.handler(async ({ context, input }) => {
        await endImpersonations(context, { id: input.id, userId: staffId(context.actor) }, 'ended');
      }),
    },
  };
}
