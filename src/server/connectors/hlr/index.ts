import { z } from 'zod';
import type { Hlr } from '../../hlr/hlr.ts';
import { type Connector, defineAction } from '../action.ts';

const lineSchema = z.strictObject({
  imsi: z.string().regex(/^\d{6,15}$/),
  /** E.164; the plus sign is dropped, as registers keep numbers without it. */
  msisdn: z
    .string()
    .regex(/^\+?\d{1,15}$/)
    .transform((number) => number.replace('+', '')),
  iccid: z.string().nullable().default(null),
});

/** The home location register: whether a card may use the network, and under which number. */
export function hlrConnector(hlr: Hlr): Connector {
  return {
    name: 'hlr',
    target: hlr.target,
    outside: true,
    check: (signal) => hlr.check(signal),
    actions: {
      activate: defineAction(
        lineSchema,
        async ({ signal }, line) => {
          await hlr.activate(line, signal);
          return { imsi: line.imsi, msisdn: line.msisdn };
        },
        ({ signal }, line) => hlr.deactivate(line, signal),
      ),
      deactivate: defineAction(lineSchema, async ({ signal }, line) => {
        await hlr.deactivate(line, signal);
        return { imsi: line.imsi };
      }),
    },
  };
}
