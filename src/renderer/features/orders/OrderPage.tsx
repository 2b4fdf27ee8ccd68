import { Anchor, Button, Paper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { Order } from '#core/domain/provisioning.ts';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import classes from '../inventory/facts.module.css';

/** One order, as its receipt's QR code leads to it. */
export function OrderPage() {
  const { t } = useTranslation('provisioning');
  const id = Number(useParams().id);
  const order = useQuery(deskQuery.orders.get.queryOptions({ input: { id } }));
  if (order.isPending) return <LoadingRows headOffice="orders" rows={4} />;
  if (order.isError) {
    return (
      <>
        <PageHeader title={t('order.unknown', { id })} />
        <ReadError what="orders" error={order.error} onRetry={() => void order.refetch()} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={t('order.title', { id })}
        marks={<StatusMark kind="order" status={order.data.status} />}
        actions={
          <Button component={Link} href={`/provisioning/${order.data.provisioningJobId}`} variant="default">
            {t('order.job')}
          </Button>
        }
      />
      <OrderFacts order={order.data} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation('provisioning');
  const format = useFormat();
  return (
    <Paper p="lg" maw={640}>
      <dl className={classes.facts}>
        <Fact name={t('column.customer')}>
          <Anchor component={Link} href={`/customers/${order.customerId}`} dir="auto">
            {`${order.customerName} · #${order.customerId}`}
          </Anchor>
        </Fact>
        <Fact name={t('column.product')}>{order.productName}</Fact>
        {order.serviceId !== null && (
          <Fact name={t('order.service')}>
            <Anchor component={Link} href={`/services/${order.serviceId}`}>
              {`#${order.serviceId}`}
            </Anchor>
          </Fact>
        )}
        <Fact name={t('order.placed')}>{format.dateTime(order.createdAt)}</Fact>
      </dl>
    </Paper>
  );
}
