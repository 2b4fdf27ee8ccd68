import type { Draft } from '#core/assignment/draft.ts';
import { hasPermission } from '#core/domain/granted.ts';
import type { Language } from '#core/domain/languages.ts';
import type { Service } from '#core/domain/service.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { encodeReceipt } from '#core/scan/receipt.ts';
import type { Central } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import { ofDraft, ofService, type SheetContext } from './contents.ts';
import { renderSheet, type Slip } from './sheet.ts';
import { wordsIn } from './texts.ts';

interface HandOverOptions {
  readonly central: Pick<Central, 'inventory'>;
  /** Local first. */
  readonly reads: { readonly services: Pick<Central['services'], 'get'> };
  readonly draftOf: (draftId: string) => Promise<Draft>;
  /** What leads to an order's status page, when this desk sent it; null for others. */
  readonly statusTokenOf: (orderId: number) => string | null;
  /** Central's origin, where status pages are. */
  readonly centralUrl: string;
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
   * The sheet that goes with the customer, with the state of this moment: of the service, or of a confirmed draft that
   * head office has not yet. With PUK it needs `view_secrets`, and central audits the look.
   */
  print(input: HandOverInput): Promise<{ filename: string; pdfBase64: string }>;
}

type Equipment = Service['items'];

export function createHandOver(options: HandOverOptions): HandOver {
  const { central, reads, draftOf, statusTokenOf, centralUrl, person, now } = options;
  /** The codes of the SIM cards among these items; null when there are none or none are known. */
  const slipFor = async (items: Equipment, reason: string, language: Language): Promise<Slip | null> => {
    if (!hasPermission(person().permissions, 'view_secrets')) throw fail('forbidden', { permission: 'view_secrets' });
    const { texts } = wordsIn(language);
    const cards = items.filter(({ identifiers }) => identifiers.iccid !== undefined);
    const secrets = await Promise.all(cards.map(({ id }) => central.inventory.revealSecrets({ id, reason })));
    const codes = secrets.flatMap((secret) =>
      (['pin1', 'puk1', 'pin2', 'puk2'] as const).flatMap((name) => {
        const text = secret[name];
        return text === null ? [] : [{ label: texts[name], text }];
      }),
    );
    return codes.length === 0 ? null : { title: texts.pukTitle, hint: texts.pukHint, cut: texts.cut, codes };
  };
  /** The service of a draft, once it is there to be read; null before, and when nobody can tell now. */
  const serviceOf = async (draft: Draft | null, serviceId: number | null): Promise<Service | null> => {
    if (serviceId === null) return null;
    try {
      return await reads.services.get({ id: serviceId });
    } catch (error) {
      if (draft === null || !hasCode(error, 'unavailable', 'not_found', 'unauthorized')) throw error;
      return null;
    }
  };
  return {
    async print({ serviceId, draftId, orderId, language, withPuk }) {
      const draft = draftId === undefined ? null : await draftOf(draftId);
      const service = await serviceOf(draft, serviceId ?? draft?.order?.serviceId ?? null);
      const order = orderId ?? draft?.order?.id;
      const token = draft?.sending?.statusToken ?? (order === undefined ? null : statusTokenOf(order));
      const contextOf = async (items: Equipment, reason: string, receipt: string): Promise<SheetContext> => ({
        ...{ language, staff: person().name, at: now(), receipt },
        statusUrl: token === null ? null : `${centralUrl}/status/${token}`,
        slip: withPuk ? await slipFor(items, reason, language) : null,
      });
      const named = async (name: string, sheet: Parameters<typeof renderSheet>[0]) => {
        const pdf = await renderSheet(sheet, language);
        return { filename: `comptoir-${name}.pdf`, pdfBase64: pdf.toString('base64') };
      };
      if (service !== null) {
        const target = order === undefined ? ({ of: 'customer', id: service.customerId } as const) : null;
        const receipt = encodeReceipt(target ?? { of: 'order', id: order ?? 0 });
        const context = await contextOf(service.items, `hand-over sheet, service ${service.id}`, receipt);
        return named(String(service.id), ofService(service, context));
      }
      if (draft === null) throw fail('not_found', { what: 'service' });
      if (draft.status !== 'ordered' || draft.sending === null) throw fail('not_found', { what: 'order' });
      const items = draft.items.map(({ item }) => item);
      const receipt = encodeReceipt({ of: 'draft', id: draft.id });
      return named(
        draft.id,
        ofDraft(draft, await contextOf(items, `hand-over sheet, assignment ${draft.id}`, receipt)),
      );
    },
  };
}
