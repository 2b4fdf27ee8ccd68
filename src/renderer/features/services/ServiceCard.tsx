import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CustomerType } from '#core/domain/customer.ts';
import type { Service } from '#core/domain/service.ts';
import { BalanceBars } from '../../components/BalanceBars.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { useFormat } from '../../format.tsx';
import { AddonPicker } from './AddonPicker.tsx';
import { BalanceState } from './BalanceState.tsx';
import { PendingJob } from './PendingJob.tsx';
import classes from './services.module.css';
import { useBalances } from './use-balances.ts';
import { useRenewal, useServiceMark } from './use-renewal.ts';

interface ServiceCardProps {
  service: Service;
  customerType: CustomerType;
}

const SHOWN_BARS = 3;
const USUAL_BARS = 2;

/** One service at a glance: state, renewal, what is left, and what can be done with it. */
export function ServiceCard({ service, customerType }: ServiceCardProps) {
  const { t } = useTranslation('customers');
  const mark = useServiceMark(service);
  return (
    <article className={classes.card} aria-label={service.name}>
      <header className={classes.head}>
        <div>
          <Link href={`/services/${service.id}`} className={classes.name}>
            <bdi>{service.name}</bdi>
          </Link>
          <p className={classes.product}>
            <bdi>{service.product.name}</bdi> · {`#${service.id}`}
          </p>
        </div>
        <StatusMark kind="service" status={mark} />
      </header>
      <Renewal service={service} />
      {service.status === 'pending' && service.lastJobId !== null && <PendingJob jobId={service.lastJobId} />}
      <CardBalances service={service} />
      <div className={classes.actions}>
        <AddonPicker service={service} customerType={customerType} />
        <Button component={Link} href={`/services/${service.id}`} variant="subtle" color="gray" size="compact-md">
          {t('service.view')}
        </Button>
      </div>
    </article>
  );
}

/** A mobile plan counts data, minutes and texts as a rule; room for as many bars is kept while they are on their way. */
function CardBalances({ service }: { service: Service }) {
  const state = useBalances(service);
  const shown = state.balances.slice(0, SHOWN_BARS);
  return (
    <BalanceState state={state} bars={service.serviceType === 'mobile' ? USUAL_BARS : 1}>
      {shown.length > 0 && <BalanceBars balances={shown} currency={service.monthlyCost.currency} />}
    </BalanceState>
  );
}

function Renewal({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const { money } = useFormat();
  const renewal = useRenewal(service);
  return (
    <p className={classes.renewal}>
      {renewal && <span>{renewal}</span>}
      {service.monthlyCost.amount > 0 && <span>{t('service.monthly', { price: money(service.monthlyCost) })}</span>}
    </p>
  );
}
