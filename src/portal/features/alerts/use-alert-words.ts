import { useTranslation } from 'react-i18next';
import type { BalanceType } from '#core/domain/charging.ts';
import type { Alert } from '#core/domain/portal.ts';
import type { Balance } from '#core/domain/service.ts';
import { useFormat } from '../../format.ts';
import { useAmounts, useDays } from '../balances/use-amounts.ts';

const units: Record<BalanceType, Balance['unit']> = {
  data: 'byte',
  voice: 'second',
  sms: 'message',
  monetary: 'minor_unit',
};

/** An alert in words: what it is, and what to know about it. */
export function useAlertWords(currency: string): (alert: Alert) => { title: string; text: string } {
  const { t } = useTranslation('alerts');
  const { date } = useFormat();
  const { day, month } = useDays();
  const { amountOf, share } = useAmounts(currency);
  const both = (key: string, facts: Record<string, unknown>) => ({
    title: t(`${key}.title`, facts),
    text: t(`${key}.text`, facts),
  });
  return (alert) => {
    switch (alert.kind) {
      case 'invoice_unpaid':
        return both(alert.overdue ? 'invoice_overdue' : alert.kind, { number: alert.number, date: day(alert.dueOn) });
      case 'service_expiring':
        return both(alert.renews ? 'service_renewing' : alert.kind, {
          ...{ name: alert.name, date: date(alert.expiresAt) },
        });
      case 'card_expiring':
        return both(alert.kind, { lastFour: alert.lastFour, month: month(alert.year, alert.month) });
      case 'balance_low': {
        const key = alert.remaining > 0 ? 'balance_low' : 'balance_gone';
        const unit = units[alert.type];
        return {
          title: t(`${key}.${alert.type}`, { name: alert.name }),
          text: t(`${key}.text`, {
            ...{ remaining: amountOf(unit, alert.remaining), total: amountOf(unit, alert.total) },
            percent: share(alert.total === 0 ? 0 : alert.remaining / alert.total),
          }),
        };
      }
      default:
        return both(alert.kind, { ...alert });
    }
  };
}
