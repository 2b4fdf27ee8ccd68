import { closest } from './suggest.ts';

/** Names under a variable: a value, anything below (`open`), or named parts. */
export type Scope = 'value' | 'open' | { readonly [name: string]: Scope } | { readonly '*': Scope };

const contact: Scope = { id: 'value', name: 'value', email: 'value', phone: 'value' };
const item: Scope = {
  id: 'value',
  template: 'value',
  label: 'value',
  iccid: 'value',
  imsi: 'value',
  msisdn: 'value',
  imei: 'value',
  serial: 'value',
  mac: 'value',
};

/** What every playbook may use, besides its own `vars` and the outputs of its earlier tasks. */
export const commonScope: { readonly [name: string]: Scope } = {
  customer: {
    id: 'value',
    name: 'value',
    type: 'value',
    email: 'value',
    phone: 'value',
    language: 'value',
    payment_type: 'value',
  },
  product: {
    id: 'value',
    slug: 'value',
    name: 'value',
    service_type: 'value',
    category: 'value',
    currency: 'value',
    period: 'value',
    recurring_amount: 'value',
    setup_amount: 'value',
  },
  service: { id: 'value', uuid: 'value', name: 'value', type: 'value' },
  order: {
    id: 'value',
    installation_date: 'value',
    purchase_order: 'value',
    cost_centre: 'value',
    auto_renew: 'value',
    site: { id: 'value', name: 'value', address: 'value' },
    billing_contact: contact,
    technical_contact: contact,
  },
  /** By the template's slug: inventory.sim_card.iccid. */
  inventory: { '*': item },
};

/** Scope of a playbook with these vars, at a task that follows these others. */
export function scopeOf(vars: readonly string[], earlierTasks: readonly string[]): Scope {
  const open = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'open' as const]));
  return { ...commonScope, vars: open(vars), tasks: open(earlierTasks) };
}

/** Null when the path names something; else what is wrong with it, in words. */
export function whyUnknown(scope: Scope, path: readonly (string | number)[]): string | null {
  let current = scope;
  for (const [index, name] of path.entries()) {
    if (current === 'open') return null;
    const full = path.slice(0, index + 1).join('.');
    if (current === 'value') return `${path.slice(0, index).join('.')} has no parts, so ${full} is nothing`;
    const next: Scope | undefined = '*' in current ? current['*'] : current[name];
    if (next === undefined) {
      const meant = closest(String(name), Object.keys(current));
      const hint = meant === null ? '' : `; did you mean ${[...path.slice(0, index), meant].join('.')}?`;
      return `unknown variable ${full}${hint}`;
    }
    current = next;
  }
  return null;
}
