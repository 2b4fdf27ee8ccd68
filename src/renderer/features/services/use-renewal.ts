import { useTranslation } from 'react-i18next';
import { isExpiringSoon, type Service } from '#core/domain/service.ts';
import { useNow } from '../../clock.ts';
import type { ServiceMark } from '../../components/status-types.ts';
import { useFormat } from '../../format.tsx';

type Dated = Pick<Service, 'status' | 'expiresAt' | 'autoRenew'>;

/** The state to show: `expiring` for a service that is active and ends in less than 7 days without renewing itself. */
export function useServiceMark(service: Dated): ServiceMark {
  const now = useNow(60_000);
  return isExpiringSoon(service, now) && !service.autoRenew ? 'expiring' : service.status;
}

/** When the service renews, ends or ended, in words; null when it has no end. */
export function useRenewal({ status, expiresAt, autoRenew }: Dated): string | null {
  const { t } = useTranslation('customers');
  const { date } = useFormat();
  if (expiresAt === null) return null;
  if (status === 'expired' || status === 'cancelled') return t('service.ended', { date: date(expiresAt) });
  return t(autoRenew ? 'service.renews' : 'service.ends', { date: date(expiresAt) });
}
