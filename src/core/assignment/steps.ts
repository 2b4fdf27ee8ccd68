import type { OrderInput } from '../contract/central/orders.ts';
import { type Ask, autoRenewDefault, type Product } from '../domain/product.ts';
import { addonTargets } from '../domain/service.ts';
import type { Draft, DraftItem } from './draft.ts';
import { strayItems } from './offers.ts';

export type StepName = 'product' | 'customer' | 'service' | 'inventory' | 'details' | 'renewal' | 'review';

export interface Step {
  readonly name: StepName;
  /** Codes of what is missing: product, customer, customer_not_open, not_eligible, service, item:<template>, site, … */
  readonly missing: readonly string[];
  /** Questions without an answer that may stay so; a person is asked them once all the same. */
  readonly open: readonly string[];
}

/** True while the hold lasts; an item without a living hold may be gone. The desk's own hold has no end. */
export function isHeld({ hold, heldHere }: DraftItem, now: Date): boolean {
  return heldHere || (hold !== null && new Date(hold.expiresAt) > now);
}

/** Chosen items and favourites whose hold is over: they must be taken again before Confirm. */
export function lapsedItems(draft: Draft, now: Date): DraftItem[] {
  return draft.items.filter((item) => !isHeld(item, now));
}

/**
 * The steps this draft needs, in order, each with what it still misses (PA-2, PA-8, AO-2, BZ-1 to BZ-4, PA-12).
 * A step that needs nothing is left out: no inventory, one service to choose from, no business fields.
 * The product is asked first, unless the draft began with a customer, a service or an item: then the person at the
 * counter is asked first, because their type and the item narrow the products.
 */
export function stepsOf(draft: Draft): Step[] {
  const product: Step = { name: 'product', missing: missingProduct(draft), open: [] };
  const customer: Step = { name: 'customer', missing: missingCustomer(draft), open: [] };
  const productFirst = draft.startedFrom === 'nothing' || draft.startedFrom === 'product';
  const steps: (Step | null)[] = [
    ...(productFirst ? [product, customer] : [customer, product]),
    serviceStep(draft),
    inventoryStep(draft),
    detailsStep(draft),
    renewalStep(draft),
    { name: 'review', missing: [], open: [] },
  ];
  return steps.filter((step) => step !== null);
}

/** Everything that keeps Confirm shut; empty when the order may be placed. */
export function missingOf(draft: Draft): string[] {
  return stepsOf(draft).flatMap((step) => step.missing);
}

/**
 * The step to open: the first that misses something, else review. With `passed`, the steps that staff went past, it is
 * also the first that has an optional question left and was not passed.
 */
export function nextStep(draft: Draft, passed?: ReadonlySet<StepName>): StepName {
  const waits = ({ name, missing, open }: Step) =>
    missing.length > 0 || (passed !== undefined && open.length > 0 && !passed.has(name));
  return stepsOf(draft).find(waits)?.name ?? 'review';
}

function missingProduct({ product }: Draft): string[] {
  if (product === null) return ['product'];
  return product.enabled ? [] : ['product_not_offered'];
}

function missingCustomer({ customer, product }: Draft): string[] {
  if (customer === null) return ['customer'];
  if (customer.status !== 'open') return ['customer_not_open'];
  return product !== null && !product.customerTypes.includes(customer.type) ? ['not_eligible'] : [];
}

/** AO-2: none is a dead end that must be said, one is used directly, several are asked. */
function serviceStep({ product, customer, choices, serviceId }: Draft): Step | null {
  if (product?.category !== 'addon' || customer === null) return null;
  const fitting = addonTargets(product, choices.services);
  if (fitting.length === 0) return { name: 'service', missing: ['no_matching_service'], open: [] };
  const chosen = fitting.some((service) => service.id === serviceId);
  if (chosen && fitting.length === 1) return null;
  return { name: 'service', missing: chosen ? [] : ['service'], open: [] };
}

function inventoryStep({ product, items }: Draft): Step | null {
  if (product === null || product.inventoryTemplates.length === 0) return null;
  const empty = product.inventoryTemplates.filter(({ template }) => !items.some((item) => item.template === template));
  const codes = (required: boolean) =>
    empty.filter((slot) => slot.required === required).map(({ template }) => `item:${template}`);
  return { name: 'inventory', missing: codes(true), open: codes(false) };
}

function asked(ask: Ask, shown: boolean): boolean {
  return ask === 'required' || (ask === 'optional' && shown);
}

export type DetailField = keyof Product['businessFields'] | 'installationDate';

/** Which fields of the details step this draft shows. BZ-2: business only, but BZ-3: a site also for several sites. */
export function detailFields(draft: Draft): DetailField[] {
  const { product, customer, choices } = draft;
  if (product === null || customer === null) return [];
  const business = customer.type === 'business';
  const fields = product.businessFields;
  const shown: DetailField[] = [];
  if (asked(fields.site, business || choices.sites.length > 1)) shown.push('site');
  if (business && fields.billingContact !== 'hidden') shown.push('billingContact');
  if (business && fields.technicalContact !== 'hidden') shown.push('technicalContact');
  if (business && fields.purchaseOrder !== 'hidden') shown.push('purchaseOrder');
  if (business && fields.costCentre !== 'hidden') shown.push('costCentre');
  if (product.asksInstallationDate) shown.push('installationDate');
  return shown;
}

function detailsStep(draft: Draft): Step | null {
  const fields = detailFields(draft);
  if (fields.length === 0 || draft.product === null) return null;
  const values: Record<DetailField, unknown> = {
    site: draft.siteId,
    billingContact: draft.billingContactId,
    technicalContact: draft.technicalContactId,
    purchaseOrder: draft.purchaseOrder.trim() || null,
    costCentre: draft.costCentre.trim() || null,
    installationDate: draft.installationDate,
  };
  const { businessFields } = draft.product;
  const empty = fields.filter((field) => values[field] === null);
  const isRequired = (field: DetailField) => field !== 'installationDate' && businessFields[field] === 'required';
  return { name: 'details', missing: empty.filter(isRequired), open: empty.filter((field) => !isRequired(field)) };
}

/** PA-12: asked for recurring services only. The default answers it, so it never stops the flow. */
function renewalStep({ product, customer, autoRenew }: Draft): Step | null {
  if (product === null || customer === null || product.recurring === null || !product.autoRenewPrompt) return null;
  return { name: 'renewal', missing: autoRenew === null ? ['autoRenew'] : [], open: [] };
}

/**
 * Fills what has one sensible answer, so that nobody is asked: the only service, the only site, the primary or only
 * contact, the usual auto-renew. Answers already given stay while they are still valid.
 */
export function withDefaults(draft: Draft): Draft {
  const { product, customer, choices } = draft;
  const known = <T extends { id: number }>(list: readonly T[], id: number | null) =>
    list.some((one) => one.id === id) ? id : null;
  const only = <T extends { id: number }>(list: readonly T[]) => (list.length === 1 ? (list[0]?.id ?? null) : null);
  const contactFor = (role: 'billing' | 'technical') =>
    choices.contacts.find((contact) => contact.roles.includes(role))?.id ??
    choices.contacts.find((contact) => contact.roles.includes('primary'))?.id ??
    only(choices.contacts);
  const business = customer?.type === 'business';
  return {
    ...draft,
    serviceId: serviceFor(draft),
    siteId: known(choices.sites, draft.siteId) ?? only(choices.sites),
    billingContactId: known(choices.contacts, draft.billingContactId) ?? (business ? contactFor('billing') : null),
    technicalContactId:
      known(choices.contacts, draft.technicalContactId) ?? (business ? contactFor('technical') : null),
    autoRenew:
      draft.autoRenew ??
      (product !== null && customer !== null && product.recurring !== null
        ? autoRenewDefault(product, customer.type)
        : null),
  };
}

/** AO-2: the service begun at or chosen; else the only one that fits. Plans make their own. */
function serviceFor({ product, choices, serviceId }: Draft): number | null {
  if (product === null) return serviceId;
  if (product.category !== 'addon') return null;
  const fitting = addonTargets(product, choices.services);
  if (fitting.some((service) => service.id === serviceId)) return serviceId;
  return fitting.length === 1 ? (fitting[0]?.id ?? null) : null;
}

/** The order a complete draft stands for. Throws when something is missing: ask `missingOf` first. */
export function orderOf(draft: Draft): OrderInput {
  const { product, customer } = draft;
  if (product === null || customer === null || missingOf(draft).length > 0)
    throw new Error('the draft is not complete');
  const stray = strayItems(draft);
  return {
    draftId: draft.id,
    customerId: customer.id,
    productId: product.id,
    items: draft.items
      .filter((item) => !stray.includes(item))
      .map(({ template, item }) => ({ template, itemId: item.id })),
    serviceId: product.category === 'addon' ? draft.serviceId : null,
    autoRenew: product.recurring === null ? null : draft.autoRenew,
    ...(draft.sending === null ? {} : { statusToken: draft.sending.statusToken }),
    ...detailsOf(draft, product),
  };
}

/** Only what this product asks of this customer: what was typed for another choice stays in the draft, unsent. */
function detailsOf(draft: Draft, { businessFields }: Product) {
  const shown = new Set(detailFields(draft));
  return {
    // One site needs no question, so it is not among the fields, and is still where the service goes.
    siteId: businessFields.site === 'hidden' ? null : draft.siteId,
    billingContactId: shown.has('billingContact') ? draft.billingContactId : null,
    technicalContactId: shown.has('technicalContact') ? draft.technicalContactId : null,
    purchaseOrder: shown.has('purchaseOrder') ? draft.purchaseOrder.trim() || null : null,
    costCentre: shown.has('costCentre') ? draft.costCentre.trim() || null : null,
    installationDate: shown.has('installationDate') ? draft.installationDate : null,
  };
}
