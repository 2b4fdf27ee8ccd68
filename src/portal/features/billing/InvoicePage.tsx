import { Button } from '@mantine/core';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'wouter';
import type { PortalContract } from '#core/contract/portal.ts';
import { portal } from '../../api.ts';
import { useBrand } from '../../brand.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { NotFound } from '../../frame/NotFound.tsx';
import { useMe } from '../../session.tsx';
import { useDays } from '../balances/use-amounts.ts';
import classes from './billing.module.css';
import { InvoiceMark } from './InvoiceMark.tsx';
import { LineWords } from './LineWords.tsx';
import { ListTable } from './ListTable.tsx';
import { PayInvoice } from './PayInvoice.tsx';

export type FullInvoice = InferContractRouterOutputs<PortalContract>['invoices']['get'];

/** One invoice with its lines, as it is printed. */
export function InvoicePage() {
  const { id } = useParams<{ id: string }>();
  const number = Number(id);
  if (!Number.isSafeInteger(number) || number < 1) return <NotFound />;
  return <InvoiceById key={number} id={number} />;
}

function InvoiceById({ id }: { id: number }) {
  const { t } = useTranslation('billing');
  const invoice = useQuery(portal.invoices.get.queryOptions({ input: { id } }));
  const number = invoice.data?.number;
  return (
    <>
      <Link href="/billing/invoices" className={classes.back}>
        <IconArrowLeft size={18} aria-hidden /> {t('invoice.back')}
      </Link>
      <Page
        title={number === undefined ? t('invoices.title') : t('invoice.title', { number })}
        intro={invoice.data && <InvoiceMark status={invoice.data.status} />}
        actions={
          <div className={classes.acts}>
            <Button
              variant="default"
              leftSection={<IconPrinter size={18} aria-hidden />}
              disabled={number === undefined}
              onClick={() => print()}
            >
              {t('invoice.print')}
            </Button>
          </div>
        }
      >
        <Loaded query={invoice} height={420}>
          {(full) => (
            <>
              <PayInvoice invoice={full} />
              <Sheet invoice={full} />
            </>
          )}
        </Loaded>
      </Page>
    </>
  );
}

function Sheet({ invoice }: { invoice: FullInvoice }) {
  const { t } = useTranslation('billing');
  const { name } = useBrand();
  const { customer } = useMe();
  const { day } = useDays();
  const { issuedOn, dueOn, periodStart, periodEnd } = invoice;
  return (
    <>
      <Section title={t('invoice.about')}>
        <dl className={classes.parties}>
          <Party name={t('invoice.from')} value={name} />
          <Party name={t('invoice.for')} value={customer.name} note={t('invoice.customer', { id: customer.id })} />
          <Party name={t('invoices.date')} value={day(issuedOn)} />
          <Party name={t('invoices.due')} value={day(dueOn)} />
          {periodStart !== null && periodEnd !== null && (
            <Party
              name={t('invoice.period')}
              value={t('invoice.span', { from: day(periodStart), to: day(periodEnd) })}
            />
          )}
        </dl>
      </Section>
      <Section title={t('invoice.lines')}>
        <Lines invoice={invoice} />
        <Totals invoice={invoice} />
      </Section>
    </>
  );
}

function Party({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt className={classes.quiet}>{name}</dt>
      <dd className={classes.strong} dir="auto">
        {value}
      </dd>
      {note !== undefined && <dd className={classes.quiet}>{note}</dd>}
    </div>
  );
}

function Lines({ invoice: { lines } }: { invoice: FullInvoice }) {
  const { t } = useTranslation('billing');
  const { money, date } = useFormat();
  if (lines.length === 0) return <p className={classes.quiet}>{t('invoice.noLines')}</p>;
  return (
    <ListTable
      label={t('invoice.lines')}
      columns={[
        { name: t('transactions.description') },
        { name: t('transactions.date') },
        { name: t('transactions.amount'), isNumber: true },
      ]}
      rows={lines.map(({ id, title, description, at, amount }) => ({
        key: id,
        cells: [<LineWords key="words" title={title} description={description} />, date(at), money(amount)],
      }))}
    />
  );
}

function Totals({ invoice: { total, tax } }: { invoice: FullInvoice }) {
  const { t } = useTranslation('billing');
  const { money } = useFormat();
  return (
    <dl className={classes.totals}>
      <div>
        <dt>{t('invoice.net')}</dt>
        <dd>{money({ ...total, amount: total.amount - tax.amount })}</dd>
      </div>
      <div>
        <dt>{t('invoice.tax')}</dt>
        <dd>{money(tax)}</dd>
      </div>
      <div className={classes.grand}>
        <dt>{t('invoice.total')}</dt>
        <dd data-part="total">{money(total)}</dd>
      </div>
    </dl>
  );
}
