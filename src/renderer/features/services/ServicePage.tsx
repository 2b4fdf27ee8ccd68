import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { Service } from '#core/domain/service.ts';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useRememberPlace } from '../../recent.ts';
import { AddonPicker } from './AddonPicker.tsx';
import { HandOverButton } from './HandOverButton.tsx';
import { PendingJob } from './PendingJob.tsx';
import { ServiceAddons } from './ServiceAddons.tsx';
import { ServiceBalances } from './ServiceBalances.tsx';
import { ServiceFacts } from './ServiceFacts.tsx';
import { ServiceItems } from './ServiceItems.tsx';
import classes from './services.module.css';
import { useServiceMark } from './use-renewal.ts';

/** One service: its number, its SIM, what is left, what was added, when it renews. */
export function ServicePage() {
  const { t } = useTranslation('customers');
  const params = useParams<{ id: string }>();
  const id = Number(params.id);
  const { data, error, refetch } = useQuery(deskQuery.services.get.queryOptions({ input: { id } }));
  useRememberPlace('service', id, data?.name);
  if (data) return <ServiceScreen service={data} />;
  return (
    <>
      <PageHeader title={t('service.title', { id: params.id })} back={{ href: '/customers', label: t('list.title') }} />
      {error ? (
        <ReadError what="service" error={error} onRetry={() => void refetch()} />
      ) : (
        <LoadingRows label={t('service.loading')} />
      )}
    </>
  );
}

function ServiceScreen({ service }: { service: Service }) {
  const mark = useServiceMark(service);
  return (
    <>
      <PageHeader
        title={service.name}
        marks={<StatusMark kind="service" status={mark} />}
        back={{ href: `/customers/${service.customerId}`, label: service.customerName }}
        subtitle={
          <>
            {`#${service.id} · ${service.product.name} · `}
            <Anchor component={Link} href={`/customers/${service.customerId}`} size="sm">
              <bdi>{service.customerName}</bdi>
            </Anchor>
          </>
        }
        actions={<ServiceActions service={service} />}
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          {service.status === 'pending' && service.lastJobId !== null && <PendingJob jobId={service.lastJobId} />}
          <ServiceBalances service={service} />
          <ServiceAddons service={service} />
        </div>
        <div className={classes.stack}>
          <ServiceFacts service={service} />
          <ServiceItems service={service} />
        </div>
      </div>
    </>
  );
}

function ServiceActions({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const customer = useQuery(deskQuery.customers.get.queryOptions({ input: { id: service.customerId } }));
  return (
    <>
      {service.lastJobId !== null && (
        <Button component={Link} href={`/provisioning/${service.lastJobId}`} variant="default">
          {t('service.job')}
        </Button>
      )}
      <HandOverButton service={service} />
      {customer.data && <AddonPicker service={service} customerType={customer.data.type} isMain />}
    </>
  );
}
