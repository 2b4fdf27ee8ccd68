import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { OutLink, useHasPage } from '../../components/OutLink.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import classes from './billing.module.css';
import type { FullInvoice } from './InvoicePage.tsx';

/** How an invoice is paid: on the operator's own page, by itself, or by hand; and what to know when nothing is to be paid. */
export function PayInvoice({ invoice }: { invoice: FullInvoice }) {
  const { t } = useTranslation('billing');
  const { status } = invoice;
  if (status === 'paid' || status === 'void') return <p className={classes.settled}>{t(`invoice.${status}`)}</p>;
  return (
    <div className={classes.pay} data-part="pay">
      <Section title={t('invoice.howToPay')}>
        <HowToPay invoice={invoice} />
      </Section>
    </div>
  );
}

function HowToPay({ invoice: { number, total } }: { invoice: FullInvoice }) {
  const { t } = useTranslation('billing');
  const { money } = useFormat();
  const hasPage = useHasPage('pay_invoice');
  const billing = useQuery(portal.billing.queryOptions());
  if (hasPage) {
    return (
      <OutLink to="pay_invoice" about={{ invoice: number }}>
        {t('invoice.pay', { amount: money(total) })}
      </OutLink>
    );
  }
  if (billing.data?.paymentKind === 'automatic') return <p className={classes.text}>{t('invoice.payAutomatic')}</p>;
  return (
    <p className={classes.text}>
      {t('invoice.payByHand')} {t('invoice.reference', { number })}
    </p>
  );
}
