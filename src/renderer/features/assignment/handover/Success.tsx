import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCircleCheckFilled, IconPrinter, IconUserCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import type { Job } from '#core/domain/provisioning.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { desk, deskQuery } from '../../../desk.ts';
import classes from './HandOver.module.css';
import { HandOverSheet } from './HandOverSheet.tsx';
import { ServiceFacts } from './ServiceFacts.tsx';

interface SuccessProps {
  draft: Draft;
  order: NonNullable<Draft['order']>;
  job: Job;
  /** Nothing is left to scan, so the next act is a button. */
  isVerified: boolean;
}

/** PA-19: what the customer has now, the sheet for them, and the ways on. */
export function Success({ draft, order, job, isVerified }: SuccessProps) {
  const { t } = useTranslation('handover');
  const serviceId = job.serviceIds[0] ?? order.serviceId;
  const isAddon = draft.product?.category === 'addon';
  const service = useQuery({
    ...deskQuery.services.get.queryOptions({ input: { id: serviceId ?? 0 } }),
    enabled: serviceId !== null,
    staleTime: 0,
  });
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isVerified) title.current?.focus({ preventScroll: true });
  }, [isVerified]);
  return (
    <section className={classes.card} data-testid="success">
      <div className={classes.head}>
        <IconCircleCheckFilled size={30} aria-hidden className={classes.done} />
        <h2 ref={title} tabIndex={-1} className={classes.title}>
          {t(isAddon ? 'title.addon' : 'title.plan', { customer: job.customer.name, product: job.product.name })}
        </h2>
      </div>
      {service.error !== null && <ErrorNotice error={service.error} onRetry={() => void service.refetch()} />}
      {service.isPending && serviceId !== null && <LoadingRows rows={2} label={t('loading')} />}
      {service.data && <ServiceFacts service={service.data} isAddon={isAddon} />}
      <Actions draft={draft} order={order} serviceId={serviceId} isVerified={isVerified} />
    </section>
  );
}

interface ActionsProps {
  draft: Draft;
  order: SuccessProps['order'];
  serviceId: number | null;
  isVerified: boolean;
}

function Actions({ draft, order, serviceId, isVerified }: ActionsProps) {
  const { t } = useTranslation('handover');
  const [, navigate] = useLocation();
  const [isPrinting, printing] = useDisclosure(false);
  const close = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isVerified) close.current?.focus({ preventScroll: true });
  }, [isVerified]);
  const another = useMutation({
    mutationFn: () => desk.drafts.create({ customerId: draft.customer?.id }),
    onSuccess: ({ id }) => navigate(`/assign/${id}`),
  });
  return (
    <>
      {another.error !== null && <ErrorNotice error={another.error} />}
      <Group gap="xs" className={classes.actions}>
        {serviceId !== null && (
          <>
            <Button component={Link} href={`/services/${serviceId}`}>
              {t('view')}
            </Button>
            <Button variant="default" leftSection={<IconPrinter size={17} aria-hidden />} onClick={printing.open}>
              {t('print')}
            </Button>
          </>
        )}
        <Button
          variant="default"
          leftSection={<IconUserCheck size={17} aria-hidden />}
          loading={another.isPending}
          onClick={() => another.mutate()}
        >
          {t('another')}
        </Button>
        <Button ref={close} component={Link} href="/" variant="subtle" color="gray">
          {t('close')}
        </Button>
      </Group>
      {serviceId !== null && isPrinting && (
        <HandOverSheet
          of={{ serviceId, orderId: order.id }}
          language={draft.customer?.language ?? 'en'}
          hasSim={draft.items.some(({ item }) => item.identifiers.iccid !== undefined)}
          onClose={printing.close}
        />
      )}
    </>
  );
}
