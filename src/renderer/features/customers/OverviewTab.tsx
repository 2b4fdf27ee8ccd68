import { Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Customer } from '#core/domain/customer.ts';
import { useFormat } from '../../format.tsx';
import { languageNames } from '../../i18n.ts';
import classes from './customers.module.css';
import { Problems } from './Problems.tsx';
import { RecentActivity } from './RecentActivity.tsx';
import { ServiceCards } from './ServiceCards.tsx';

/** What they have, who they are, what happened last; above it whatever is wrong. */
export function OverviewTab({ customer }: { customer: Customer }) {
  return (
    <>
      <Problems customer={customer} />
      <div className={classes.columns}>
        <ServiceCards customer={customer} />
        <Stack gap="lg">
          <Facts customer={customer} />
          <RecentActivity customerId={customer.id} />
        </Stack>
      </div>
    </>
  );
}

function Facts({ customer }: { customer: Customer }) {
  const { t } = useTranslation('customers');
  const { date, phone } = useFormat();
  const facts: [string, string | null][] = [
    ['phone', customer.phone && phone(customer.phone)],
    ['email', customer.email],
    ['payment', t(`payment.${customer.paymentType}`)],
    ['method', t(customer.hasPaymentMethod ? 'facts.methodOnFile' : 'facts.noMethod')],
    ['language', languageNames[customer.language]],
    ['tax', customer.taxIdentifier],
    ['since', date(customer.createdAt)],
  ];
  return (
    <section aria-label={t('facts.title')}>
      <Title order={2} size="h3" mb="xs">
        {t('facts.title')}
      </Title>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([key, value]) => (
            <div key={key}>
              <dt>{t(`facts.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
