import { useTranslation } from 'react-i18next';
import type { PortalService } from '#core/contract/portal/services.ts';
import { useFormat } from '../../format.ts';

/** What a service costs, in words: `£15.00 a month`. */
export function useCost(): (service: Pick<PortalService, 'monthlyCost' | 'period'>) => string {
  const { t } = useTranslation('services');
  const { money } = useFormat();
  return ({ monthlyCost, period }) => {
    if (monthlyCost.amount === 0) return t('free');
    return t(`costEvery.${period ?? 'month'}`, { price: money(monthlyCost) });
  };
}
