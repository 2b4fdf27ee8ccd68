import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { isExpiringSoon } from '#core/domain/service.ts';
import { useNow } from '../../clock.ts';
import { useFormat } from '../../format.tsx';
import classes from './Problems.module.css';
import { useCustomerServices } from './use-customer-services.ts';

/** Everything about this customer that a shop assistant must know before anything else; nothing when all is well. */
export function Problems({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const { services } = useCustomerServices(customer.id);
  const now = useNow(60_000);
  const { date } = useFormat();
  const renewing = services.some(({ autoRenew, status }) => autoRenew && status === 'active');
  const problems = [
    customer.status !== 'open' && t(`problems.${customer.status}`),
    ...services.map((service) => {
      if (service.status === 'suspended') return t('problems.serviceSuspended', { service: service.name });
      if (isExpiringSoon(service, now) && !service.autoRenew && service.expiresAt !== null) {
        return t('problems.ending', { service: service.name, date: date(service.expiresAt) });
      }
      return false;
    }),
    renewing && !customer.hasPaymentMethod && t('problems.noMethod'),
  ].filter((problem) => problem !== false);
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems} aria-label={t('problems.title')}>
      {problems.map((problem) => (
        <li key={problem}>
          <IconAlertTriangleFilled size={16} aria-hidden />
          <span>{problem}</span>
        </li>
      ))}
    </ul>
  );
}
