import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Transaction } from '#core/domain/billing.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { More } from '../../components/More.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { useShown } from '../../session.tsx';
import { useAmounts } from '../balances/use-amounts.ts';
import classes from './billing.module.css';
import { LineWords } from './LineWords.tsx';
import { ListTable } from './ListTable.tsx';
import { directionOf } from './signs.ts';

const AT_ONCE = 25;

/** Charges, credits and payments, newest first, and which invoice has them. */
export function Transactions() {
  const { t } = useTranslation('billing');
  const transactions = useInfiniteQuery(
    portal.transactions.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: AT_ONCE, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  return (
    <Section title={t('transactions.title')} intro={t('transactions.explained')}>
      <Loaded query={transactions} height={320}>
        {({ pages }) => {
          const all = pages.flatMap(({ items }) => items);
          if (all.length === 0) return <Empty title={t('transactions.none')} text={t('transactions.noneText')} />;
          return (
            <>
              <TransactionTable transactions={all} />
              <More query={transactions}>{t('transactions.more')}</More>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function TransactionTable({ transactions }: { transactions: readonly Transaction[] }) {
  const { t } = useTranslation('billing');
  const { date } = useFormat();
  return (
    <ListTable
      label={t('transactions.title')}
      columns={[
        { name: t('transactions.description') },
        { name: t('transactions.date') },
        { name: t('transactions.amount'), isNumber: true },
        { name: t('transactions.invoice') },
        { name: t('transactions.status') },
      ]}
      rows={transactions.map((each) => ({
        key: each.id,
        cells: [
          <LineWords key="words" title={each.title} description={each.description} />,
          date(each.at),
          <SignedAmount key="amount" of={each} />,
          <InvoiceOf key="invoice" of={each} />,
          each.invoice === null ? t('transactions.notInvoiced') : t('transactions.invoiced'),
        ],
      }))}
    />
  );
}

function SignedAmount({ of }: { of: Transaction }) {
  const { t } = useTranslation('billing');
  const { signed } = useAmounts(of.amount.currency);
  const direction = directionOf(of);
  return (
    <span className={classes.signed} data-direction={direction}>
      {signed(of.amount.amount, of.amount.currency)}
      {direction !== 'none' && <span className={classes.note}>{t(`transactions.${direction}`)}</span>}
    </span>
  );
}

function InvoiceOf({ of: { invoice } }: { of: Transaction }) {
  const leads = useShown('invoices');
  if (invoice === null) return '–';
  if (!leads) return invoice.number;
  return (
    <Link href={`/billing/invoices/${invoice.id}`} className={classes.link}>
      {invoice.number}
    </Link>
  );
}
