import { z } from 'zod';

/**
 * saved: durable on this desk (Saved here). accepted: in effect at head office. refused: head office said no, a person
 * decides. settled: a person decided, or the refusal was answered at once by who stood there.
 */
export const outboxStateSchema = z.enum(['saved', 'accepted', 'refused', 'settled']);
export type OutboxState = z.infer<typeof outboxStateSchema>;
