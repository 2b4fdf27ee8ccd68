import { fail } from '../http/errors.ts';
import { commands, ownTransactions, queries } from '../http/implement.ts';

const soon = () => {
  throw fail('unavailable');
};

export const syncRoutes = {
  sync: {
    snapshot: queries.sync.snapshot.handler(soon),
    changes: queries.sync.changes.handler(soon),
    events: queries.sync.events.handler(soon),
    commands: ownTransactions.sync.commands.handler(soon),
    handIn: ownTransactions.sync.handIn.handler(soon),
    giveBack: commands.sync.giveBack.handler(soon),
  },
};
