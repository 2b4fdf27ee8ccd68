import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Invoice } from '#core/domain/billing.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { More } from '../../components/More.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { useDays } from '../balances/use-amounts.ts';
import classes from './billing.module.css';
import { InvoiceMark } from './InvoiceMark.tsx';
import { ListTable } from './ListTable.tsx';

const AT_ONCE = 20;

/** Invoices, newest first: number, date, due date, amount, status. */
export function Invoices() {
  const { t } = useTranslation('billing');
  const invoices = useInfiniteQuery(
    portal.invoices.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: AT_ONCE, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Section title={t('invoices.title')}>
      <Loaded query={invoices} height={320}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0) return <Empty title={t('invoices.none')} text={t('invoices.noneText')} />;
          return (
            <>
              <InvoiceTable invoices={all} />
              <More query={invoices}>{t('invoices.more')}</More>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function InvoiceTable({ invoices }: { invoices: readonly Invoice[] }) {
  const { t } = useTranslation('billing');
  const { money } = useFormat();
  const { day } = useDays();
  return (
    <ListTable
      label={t('invoices.title')}
      columns={[
        { name: t('invoices.number') },
        { name: t('invoices.date') },
        { name: t('invoices.due') },
        { name: t('invoices.amount'), isNumber: true },
        { name: t('invoices.status') },
      ]}
      rows={invoices.map(({ id, number, issuedOn, dueOn, total, status }) => ({
        key: id,
        cells: [
          <Link key="number" href={`/billing/invoices/${id}`} className={classes.link}>
            {number}
          </Link>,
          day(issuedOn),
          day(dueOn),
          money(total),
          <InvoiceMark key="status" status={status} />,
        ],
      }))}
    />
  );
}
