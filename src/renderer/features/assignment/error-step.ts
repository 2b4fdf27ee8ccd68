import type { StepName } from '#core/assignment/steps.ts';
import { codeOf } from '../../errors.ts';

const steps: Record<string, StepName> = {
  item_not_available: 'inventory',
  reservation_lapsed: 'inventory',
  customer_not_open: 'customer',
  not_eligible: 'product',
  product_not_offered: 'product',
  no_matching_service: 'service',
};

/** The step where staff can put right what an error of the draft says; null when none can. */
export function errorStep(error: unknown): StepName | null {
  return steps[codeOf(error)] ?? null;
}
