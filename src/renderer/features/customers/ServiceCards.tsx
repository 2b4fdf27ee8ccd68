import { Anchor, Skeleton } from '@mantine/core';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Customer } from '#core/domain/customer.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ServiceCard } from '../services/ServiceCard.tsx';
import classes from './customers.module.css';
import { useCustomerServices } from './use-customer-services.ts';

interface ServiceCardsProps {
  customer: Customer;
  /** Also those that are over. */
  all?: boolean;
}

/** A customer's services as cards. */
export function ServiceCards({ customer, all = false }: ServiceCardsProps) {
  const { t } = useTranslation('customers');
  const { services, error, isPending, refetch } = useCustomerServices(customer.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (isPending) return <CardSkeletons />;
  if (services.length === 0) {
    return (
      <EmptyState icon={<IconDeviceMobile size={24} />} title={t('services.none')} text={t('services.noneText')} />
    );
  }
  const shown = all ? services : services.filter(({ status }) => status !== 'cancelled' && status !== 'expired');
  const hidden = services.length - shown.length;
  return (
    <>
      <div className={classes.services}>
        {shown.map((service) => (
          <ServiceCard key={service.id} service={service} customerType={customer.type} />
        ))}
      </div>
      {hidden > 0 && (
        <Anchor component={Link} href={`/customers/${customer.id}/services`} size="sm" mt="sm" display="inline-block">
          {t('services.over', { count: hidden })}
        </Anchor>
      )}
    </>
  );
}

function CardSkeletons() {
  const { t } = useTranslation('customers');
  return (
    <div className={classes.services} role="status" aria-label={t('services.loading')}>
      <Skeleton height={210} radius="lg" />
      <Skeleton height={210} radius="lg" />
    </div>
  );
}
