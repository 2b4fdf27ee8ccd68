import { useTranslation } from 'react-i18next';
import type { PortalService } from '#core/contract/portal/services.ts';
import { useFormat } from '../../format.ts';
import { markOf } from './marks.ts';

/** What a service's state means for the customer, in a sentence; null where the state says it all. */
export function useStateText(): (service: PortalService) => string | null {
  const { t } = useTranslation('services');
  const { date } = useFormat();
  return (service) => {
    const mark = markOf(service);
    const end = service.expiresAt === null ? null : date(service.expiresAt);
    if (mark === 'active') return null;
    if (mark === 'expiring') return t(`statusText.${service.autoRenew ? 'expiringRenews' : 'expiring'}`, { date: end });
    if (mark === 'expired')
      return end === null ? t('statusText.expiredNoDate') : t('statusText.expired', { date: end });
    return t(`statusText.${mark}`);
  };
}
