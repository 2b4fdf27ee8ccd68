import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { desk } from '../../../desk.ts';
import classes from './Progress.module.css';

/** Everything was undone; starting over keeps the customer and the plan. */
export function Cancelled({ draft }: { draft: Draft }) {
  const { t } = useTranslation('progress');
  const [, navigate] = useLocation();
  const close = useRef<HTMLAnchorElement>(null);
  useEffect(() => close.current?.focus({ preventScroll: true }), []);
  const again = useMutation({
    mutationFn: () =>
      desk.drafts.create({
        customerId: draft.customer?.id,
        productId: draft.product?.id,
        serviceId: draft.serviceId ?? undefined,
      }),
    onSuccess: ({ id }) => navigate(`/assign/${id}`),
  });
  return (
    <section className={classes.card}>
      <h2 className={classes.failureTitle}>{t('cancelled.title')}</h2>
      <p className={classes.failureText}>{t('cancelled.text')}</p>
      {again.error !== null && <ErrorNotice error={again.error} />}
      <div className={classes.actions}>
        <Button ref={close} component={Link} href="/" size="md">
          {t('close')}
        </Button>
        <Button variant="default" size="md" loading={again.isPending} onClick={() => again.mutate()}>
          {t('cancelled.again')}
        </Button>
      </div>
    </section>
  );
}
