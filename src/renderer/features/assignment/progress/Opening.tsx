import { Button, Skeleton, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Draft } from '#core/assignment/draft.ts';
import { PageHeader } from '../../../components/PageHeader.tsx';
import classes from './Progress.module.css';

interface OpeningProps {
  draft: Draft;
  order: NonNullable<Draft['order']>;
}

/** Checks, the charging account, the network, the record: what most playbooks do besides assigning the items. */
const TASKS_BESIDES_ITEMS = 4;

/** The progress before its first news, in the very places where it will stand: nothing jumps when it comes. */
export function Opening({ draft, order }: OpeningProps) {
  const { t } = useTranslation('progress');
  const now = useRef<HTMLDivElement>(null);
  useEffect(() => now.current?.focus({ preventScroll: true }), []);
  const rows = TASKS_BESIDES_ITEMS + draft.items.length;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('title.queued', { customer: draft.customer?.name ?? '' })}
        subtitle={`${draft.product?.name ?? ''} · ${t('job', { id: order.jobId })}`}
      />
      <div className={classes.columns}>
        <div className={classes.main}>
          <section className={classes.card} role="status" aria-label={t('opening')}>
            <div className={classes.count}>
              <Skeleton height={24} width={88} my={4} />
            </div>
            <Skeleton height={12} radius="xl" />
            <div ref={now} tabIndex={-1} className={classes.now}>
              <span className={classes.nowTitle}>{t('between')}</span>
            </div>
            <div className={classes.actions}>
              <Button component={Link} href="/" leftSection={<IconUserPlus size={17} aria-hidden />} size="md">
                {t('nextCustomer')}
              </Button>
            </div>
            <Text size="sm" c="dimmed" mt={8}>
              {t('nextCustomerText')}
            </Text>
          </section>
        </div>
        <ol className={classes.list} aria-hidden>
          {Array.from({ length: rows }, (_, index) => `task-${index}`).map((task, index) => (
            <li key={task} className={classes.task} data-status="pending">
              <span className={classes.mark}>
                <Skeleton circle height={12} />
              </span>
              <span className={classes.name}>
                <Skeleton height={12} width={`${52 + ((index * 13) % 34)}%`} mt={6} />
              </span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
