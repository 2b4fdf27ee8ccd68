import type { Language } from '#core/domain/common.ts';
import type { Service } from '#core/domain/service.ts';
import { hasPermission, type StaffUser } from '#core/domain/user.ts';
import { encodeReceipt } from '#core/scan/receipt.ts';
import type { Central } from '../central/client.ts';
import { fail } from '../failures.ts';
import { renderSheet, type Sheet, type Slip } from './sheet.ts';
import { iccidText, phoneText, wordsIn } from './texts.ts';

interface HandOverOptions {
  readonly central: Central;
  readonly person: () => StaffUser;
  readonly now: () => Date;
}

interface HandOverInput {
  /** One of both. */
  readonly serviceId?: number;
  readonly draftId?: string;
  readonly orderId?: number;
  readonly language: Language;
  readonly withPuk: boolean;
}

export interface HandOver {
  /**
   * The sheet that goes with the customer. The state on it is central's at this moment, active or not. With PUK it
   * needs `view_secrets`, and central audits the look.
   */
  print(input: HandOverInput): Promise<{ filename: string; pdfBase64: string }>;
}

export function createHandOver({ central, person, now }: HandOverOptions): HandOver {
  /** The codes of the service's SIM cards; null when it has none or none are known. */
  const slipFor = async (service: Service, language: Language): Promise<Slip | null> => {
    if (!hasPermission(person().permissions, 'view_secrets')) throw fail('forbidden', { permission: 'view_secrets' });
    const { texts } = wordsIn(language);
    const cards = service.items.filter(({ identifiers }) => identifiers.iccid !== undefined);
    const reason = `hand-over sheet, service ${service.id}`;
    const secrets = await Promise.all(cards.map(({ id }) => central.inventory.revealSecrets({ id, reason })));
    const codes = secrets.flatMap((secret) =>
      (['pin1', 'puk1', 'pin2', 'puk2'] as const).flatMap((name) => {
        const text = secret[name];
        return text === null ? [] : [{ label: texts[name], text }];
      }),
    );
    return codes.length === 0 ? null : { title: texts.pukTitle, hint: texts.pukHint, cut: texts.cut, codes };
  };
  return {
    async print({ serviceId, orderId, language, withPuk }) {
      if (serviceId === undefined) throw fail('not_found', { what: 'service' });
      const service = await central.services.get({ id: serviceId });
      const slip = withPuk ? await slipFor(service, language) : null;
      const qr = encodeReceipt(
        orderId === undefined ? { of: 'customer', id: service.customerId } : { of: 'order', id: orderId },
      );
      const sheet = sheetOf(service, { language, qr, slip, staff: person().name, at: now() });
      const pdf = await renderSheet(sheet, language);
      return { filename: `comptoir-${service.id}.pdf`, pdfBase64: pdf.toString('base64') };
    },
  };
}

interface SheetContext {
  readonly language: Language;
  readonly qr: string;
  readonly slip: Slip | null;
  readonly staff: string;
  readonly at: Date;
}

function sheetOf(service: Service, { language, qr, slip, staff, at }: SheetContext): Sheet {
  const { texts, fill, dateTime } = wordsIn(language);
  const number = service.items.find(({ identifiers }) => identifiers.msisdn !== undefined)?.identifiers.msisdn;
  return {
    title: texts.title,
    state: texts.state[service.status],
    stateAt: fill(texts.stateAt, { time: dateTime(at), staff }),
    headline:
      number === undefined
        ? { label: texts.service, text: service.name }
        : { label: texts.number, text: phoneText(number) },
    facts: factsOf(service, language),
    qr: { text: qr, caption: texts.receipt },
    slip,
  };
}

function factsOf(service: Service, language: Language): Sheet['facts'] {
  const { texts, fill, money, date } = wordsIn(language);
  const equipment = service.items.flatMap(({ templateName, identifiers }) => {
    if (identifiers.msisdn !== undefined) return [];
    if (identifiers.iccid !== undefined) return [{ label: texts.iccid, text: iccidText(identifiers.iccid) }];
    const known = identifiers.serial ?? identifiers.mac ?? identifiers.imei;
    return [{ label: texts.siteEquipment, text: known === undefined ? templateName : `${templateName} ${known}` }];
  });
  const renewal =
    service.expiresAt === null
      ? []
      : [{ label: service.autoRenew ? texts.renews : texts.ends, text: date(service.expiresAt) }];
  return [
    { label: texts.customer, text: `${service.customerName} (${service.customerId})` },
    { label: texts.service, text: `${service.name} (${service.id})` },
    { label: texts.product, text: service.product.name },
    { label: texts.price, text: fill(texts.perMonth, { amount: money(service.monthlyCost) }) },
    ...renewal,
    ...equipment,
  ];
}
