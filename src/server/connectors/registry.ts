import type { ActionCatalogue } from '#core/playbook/check.ts';
import type { Action, ActionContext, Connector } from './action.ts';
import { ActionFailure, preconditionFailed, unreachable } from './failure.ts';
import { type TakeFault, withFault } from './faults.ts';

export interface ConnectorState {
  readonly name: string;
  readonly reachable: boolean;
  readonly target: string;
  readonly error: string | null;
}

export interface Connectors {
  /** Names and arguments of every action, for the playbook loader. */
  readonly catalogue: ActionCatalogue;
  /** True when the action works on something outside our own tables. */
  isOutside(uses: string): boolean;
  /** True when the action knows how to take itself back. */
  hasUndo(uses: string): boolean;
  /** Does an action. Throws ActionFailure. */
  run(uses: string, context: ActionContext, input: unknown): Promise<Record<string, unknown>>;
  /** Takes an action back; nothing when it has nothing to take back. Throws ActionFailure. */
  undo(uses: string, context: ActionContext, input: unknown): Promise<void>;
  /** Whether each connector (of these names, else all) answers within 2 s; asked side by side. */
  check(names?: readonly string[]): Promise<ConnectorState[]>;
}

const CHECK_MS = 2_000;

/** The connectors under one roof: looks actions up, checks their arguments, turns every error into an ActionFailure. */
export function createConnectors(all: readonly Connector[], takeFault: TakeFault): Connectors {
  const byName = new Map(all.map((connector) => [connector.name, connector]));
  const catalogue: ActionCatalogue = new Map(
    all.map(({ name, actions }) => [
      name,
      new Map(Object.entries(actions).map(([action, { input }]) => [action, input])),
    ]),
  );
  const find = (uses: string): { connector: Connector; action: Action } => {
    const [name = '', actionName = '', more] = uses.split('.');
    const connector = byName.get(name);
    const action =
      connector && more === undefined && Object.hasOwn(connector.actions, actionName)
        ? connector.actions[actionName]
        : undefined;
    if (!connector || !action) throw preconditionFailed(`this central has no action ${uses}`, { action: uses });
    return { connector, action };
  };
  return {
    catalogue,
    isOutside: (uses) => find(uses).connector.outside,
    hasUndo: (uses) => find(uses).action.undo !== undefined,
    async run(uses, context, value) {
      const { connector, action } = find(uses);
      const input = parseInput(uses, action, value);
      return asFailure(connector.name, () =>
        withFault(takeFault, uses, context.signal, () => action.run(context, input)),
      );
    },
    async undo(uses, context, value) {
      const { connector, action } = find(uses);
      const { undo } = action;
      if (!undo) return;
      const input = parseInput(uses, action, value);
      await asFailure(connector.name, () => undo(context, input));
    },
    check: (names) => Promise.all(all.filter(({ name }) => names === undefined || names.includes(name)).map(stateOf)),
  };
}

function parseInput(uses: string, action: Action, value: unknown): unknown {
  const { data, error } = action.input.safeParse(value);
  if (!error) return data;
  const issues = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw preconditionFailed(`${uses} can not be called with these arguments: ${issues.join('; ')}`, { action: uses });
}

async function asFailure<T>(connector: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ActionFailure)) throw error;
    throw new ActionFailure(error.code, error.message, { connector, ...error.data }, error);
  }
}

async function stateOf({ name, target, check }: Connector): Promise<ConnectorState> {
  const signal = AbortSignal.timeout(CHECK_MS);
  const tooSlow = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(unreachable(`no answer within ${CHECK_MS} ms`)), { once: true });
  });
  try {
    await Promise.race([check(signal), tooSlow]);
    return { name, reachable: true, target, error: null };
  } catch (error) {
    return { name, reachable: false, target, error: error instanceof Error ? error.message : String(error) };
  }
}
