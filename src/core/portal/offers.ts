import type { Offer } from '#core/contract/portal/services.ts';
import type { Product } from '../domain/product.ts';
import { parseDuration } from '../playbook/duration.ts';

type Vars = Readonly<Record<string, unknown>>;

const GIGABYTE = 1_000_000_000;
const MINUTE_S = 60;

/** What the values of a product say that it gives, in bytes, seconds, messages or minor units (TU-2). */
const given = [
  { type: 'data', name: 'data_gigabytes', times: GIGABYTE },
  { type: 'voice', name: 'voice_minutes', times: MINUTE_S },
  { type: 'sms', name: 'sms_messages', times: 1 },
  { type: 'monetary', name: 'credit_minor', times: 1 },
] as const;

/**
 * What a top-up gives; null for what is none: a plan, an add-on that recurs or gives nothing, or several things at once, or
 * one that its operator calls an add-on (`offer: add_on` among its values).
 */
export function givesOf(product: Pick<Product, 'category' | 'recurring'>, vars: Vars): Offer['gives'] {
  if (product.category !== 'addon' || product.recurring !== null || vars.offer === 'add_on') return null;
  const gives = given.flatMap(({ type, name, times }) => {
    const value = Number(vars[name] ?? 0);
    return Number.isFinite(value) && value > 0 ? [{ type, quantity: Math.round(value * times) }] : [];
  });
  const [only, ...others] = gives;
  return only !== undefined && others.length === 0 ? only : null;
}

const daysOf: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, year: 365 };
const DAY_S = 86_400;

/** How many days what is bought lasts, by the product's own `validity`; null when it does not say, or lasts. */
export function validDaysOf(vars: Vars): number | null {
  const { validity } = vars;
  if (typeof validity === 'string' && validity in daysOf) return daysOf[validity] ?? null;
  const seconds = parseDuration(validity);
  return seconds === null ? null : Math.max(1, Math.ceil(seconds / DAY_S));
}

/** A product as the portal offers it: nothing of how it is made. */
export function offerOf(product: Product, vars: Vars): Offer {
  const gives = givesOf(product, vars);
  return {
    ...{ id: product.id, name: product.name, description: product.description, serviceType: product.serviceType },
    kind: product.category === 'plan' ? 'plan' : gives === null ? 'add_on' : 'top_up',
    gives,
    once: product.setup,
    recurring: product.recurring,
    validDays: validDaysOf(vars),
  };
}
