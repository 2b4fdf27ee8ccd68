import type { z } from 'zod';
import type { connectorStateSchema } from '#core/contract/central/system.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import { queries } from '../http/implement.ts';

export type ConnectorState = z.infer<typeof connectorStateSchema>;

export function systemRoutes({ demo, currency, country }: Config, connectorStates: () => Promise<ConnectorState[]>) {
  const { name, version } = packageJson;
  return {
    system: {
      info: queries.system.info.handler(({ context: { clock } }) => ({
        ...{ name, version, demo, currency, country },
        now: clock.now().toISOString(),
      })),
      connectors: queries.system.connectors.handler(async () => ({ items: await connectorStates(), nextCursor: null })),
    },
  };
}
