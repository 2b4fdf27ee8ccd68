import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ScanMatch } from '#core/contract/desk/events.ts';
import { refuseItem } from '#core/domain/inventory.ts';
import type { Scan } from '#core/scan/schema.ts';
import { centralNow } from '../clock.ts';
import { desk } from '../desk.ts';
import { useNotify } from '../notify.tsx';
import { useCan, useUser } from '../session.tsx';
import type { ScanHandler } from './targets.ts';

type ItemMatch = Extract<ScanMatch, { kind: 'item' }>;

/** What the desk does with a scan that no target on screen wants (screens.md, principle 1). */
export function useDefaultScanTarget(): ScanHandler {
  const [, navigate] = useLocation();
  const { t } = useTranslation('common');
  const notify = useNotify();
  const user = useUser();
  const canProvision = useCan('provision');

  const openItem = async ({ item, owner }: ItemMatch) => {
    if (owner !== null) {
      // Its service: there the focus stands on the add-ons, and the customer is one step up.
      navigate(owner.serviceId === null ? `/customers/${owner.customerId}` : `/services/${owner.serviceId}`);
      return 'taken' as const;
    }
    const refusal = refuseItem(item, { now: new Date(centralNow()), storeId: user.store?.id });
    if (refusal === null && canProvision) {
      try {
        const draft = await desk.drafts.create({ itemId: item.id });
        navigate(`/assign/${draft.id}`);
        return 'taken' as const;
      } catch (error) {
        notify.error(error);
        return 'refused' as const;
      }
    }
    const holder = item.reservation;
    const own = holder !== null && (await desk.drafts.list()).some(({ id }) => id === holder.draftId);
    navigate(own ? `/assign/${holder.draftId}` : `/inventory/items/${item.id}`);
    return 'taken' as const;
  };

  const refuse = (key: string, scan: Scan) => {
    notify.show({
      id: 'scan-refused',
      tone: 'bad',
      title: t(`scan.${key}.title`),
      text: t(`scan.${key}.text`, { text: scan.text.slice(0, 60) }),
    });
    return 'refused' as const;
  };

  return (scan, match) => {
    switch (match.kind) {
      case 'item':
        return openItem(match);
      case 'order':
        navigate(`/orders/${match.orderId}`);
        return 'taken';
      case 'draft':
        navigate(`/assign/${match.draftId}`);
        return 'taken';
      case 'customer':
        navigate(`/customers/${match.customerId}`);
        return 'taken';
      case 'invalid':
        return refuse('invalid', scan);
      case 'none':
        // A card number without its check digit is as likely misread as unknown.
        return refuse(scan.value.kind === 'iccid' && scan.value.check === 'computed' ? 'unsure' : 'none', scan);
      case 'unreachable':
        return refuse('unreachable', scan);
    }
  };
}
