import type { Draft } from '#core/assignment/draft.ts';
import type { Language } from '#core/domain/languages.ts';
import type { Service } from '#core/domain/service.ts';
import type { Sheet, Slip } from './sheet.ts';
import { iccidText, phoneText, wordsIn } from './texts.ts';

export interface SheetContext {
  readonly language: Language;
  /** For the shop's own scanners. */
  readonly receipt: string;
  /** Where the customer sees how far the order is. */
  readonly statusUrl: string | null;
  readonly slip: Slip | null;
  readonly staff: string;
  readonly at: Date;
}

type Items = readonly Pick<Service['items'][number], 'templateName' | 'identifiers'>[];

/** The sheet of a service that head office knows. */
export function ofService(service: Service, context: SheetContext): Sheet {
  const { texts, fill, money, date } = wordsIn(context.language);
  const renewal =
    service.expiresAt === null
      ? []
      : [{ label: service.autoRenew ? texts.renews : texts.ends, text: date(service.expiresAt) }];
  return {
    ...partsOf(service.items, { label: texts.service, text: service.name }, context),
    state: texts.state[service.status],
    facts: [
      { label: texts.customer, text: `${service.customerName} (${service.customerId})` },
      { label: texts.service, text: `${service.name} (${service.id})` },
      { label: texts.product, text: service.product.name },
      { label: texts.price, text: fill(texts.perMonth, { amount: money(service.monthlyCost) }) },
      ...renewal,
      ...equipmentOf(service.items, context.language),
    ],
  };
}

/** The sheet of a confirmed draft, before its service can be read: what was agreed, and how far it is in words. */
export function ofDraft(draft: Draft, context: SheetContext): Sheet {
  const { texts, fill, money, dateTime } = wordsIn(context.language);
  const { customer, product, sending } = draft;
  const items = draft.items.map(({ item }) => item);
  const state = sending?.state ?? 'saved';
  const since = (state === 'accepted' ? sending?.acceptedAt : null) ?? sending?.savedAt;
  const name = customer?.name ?? '';
  const price = product?.recurring?.price ?? product?.setup;
  const amount = price === undefined ? '' : money(price);
  const isMonthly = product?.recurring?.period === 'month';
  return {
    ...partsOf(items, { label: texts.product, text: product?.name ?? '' }, context),
    state: fill(texts.sending[state], { time: since === undefined ? '' : dateTime(new Date(since)) }),
    facts: [
      // The desk's own number of a customer means nothing outside of it.
      { label: texts.customer, text: customer !== null && customer.id > 0 ? `${name} (${customer.id})` : name },
      { label: texts.product, text: product?.name ?? '' },
      { label: texts.price, text: isMonthly ? fill(texts.perMonth, { amount }) : amount },
      ...equipmentOf(items, context.language),
    ],
  };
}

function partsOf(items: Items, otherwise: Sheet['headline'], context: SheetContext): Omit<Sheet, 'state' | 'facts'> {
  const { texts, fill, dateTime } = wordsIn(context.language);
  const number = items.find(({ identifiers }) => identifiers.msisdn !== undefined)?.identifiers.msisdn;
  const { statusUrl, receipt, slip, staff, at } = context;
  return {
    title: texts.title,
    stateAt: fill(texts.stateAt, { time: dateTime(at), staff }),
    headline: number === undefined ? otherwise : { label: texts.number, text: phoneText(number) },
    qr: { text: receipt, caption: texts.receipt },
    status: statusUrl === null ? null : { text: statusUrl, caption: `${texts.statusPage} ${statusUrl}` },
    slip,
  };
}

function equipmentOf(items: Items, language: Language): Sheet['facts'] {
  const { texts } = wordsIn(language);
  return items.flatMap(({ templateName, identifiers }) => {
    if (identifiers.msisdn !== undefined) return [];
    if (identifiers.iccid !== undefined) return [{ label: texts.iccid, text: iccidText(identifiers.iccid) }];
    const known = identifiers.serial ?? identifiers.mac ?? identifiers.imei;
    return [{ label: texts.siteEquipment, text: known === undefined ? templateName : `${templateName} ${known}` }];
  });
}
