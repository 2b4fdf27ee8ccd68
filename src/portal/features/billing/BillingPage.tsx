import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hideable } from '#core/domain/portal.ts';
import { useBrand } from '../../brand.ts';
import { LinkTabs } from '../../components/LinkTabs.tsx';
import { Page } from '../../components/Page.tsx';
import { NotFound } from '../../frame/NotFound.tsx';
import { Invoices } from './Invoices.tsx';
import { Owed } from './Owed.tsx';
import { PaymentMethods } from './PaymentMethods.tsx';
import { Transactions } from './Transactions.tsx';

const parts = [
  { name: 'invoices', href: '/billing/invoices', hiddenBy: 'invoices', content: Invoices },
  { name: 'transactions', href: '/billing/transactions', hiddenBy: 'transactions', content: Transactions },
  { name: 'payment', href: '/billing/payment', hiddenBy: 'payment_methods', content: PaymentMethods },
] as const satisfies readonly { name: string; href: string; hiddenBy: Hideable; content: () => ReactNode }[];

type Part = (typeof parts)[number]['name'];

/** What is owed, and below it the parts of billing that the operator shows, one at a time. */
function BillingPart({ part }: { part?: Part }) {
  const { t } = useTranslation('billing');
  const { hidden } = useBrand();
  const shown = parts.filter(({ hiddenBy }) => !hidden.includes(hiddenBy));
  const current = part === undefined ? shown[0] : shown.find(({ name }) => name === part);
  if (part !== undefined && current === undefined) return <NotFound />;
  const Content = current?.content;
  return (
    <Page title={t('title')}>
      <Owed />
      {shown.length > 1 && (
        <LinkTabs
          label={t('tabs')}
          tabs={shown.map(({ name, href }) => ({ href, name: t(`${name}.title`), current: name === current?.name }))}
        />
      )}
      {Content && <Content />}
    </Page>
  );
}

export const BillingPage = () => <BillingPart />;
export const InvoicesPage = () => <BillingPart part="invoices" />;
export const TransactionsPage = () => <BillingPart part="transactions" />;
export const PaymentPage = () => <BillingPart part="payment" />;
