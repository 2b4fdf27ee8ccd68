import { useTranslation } from 'react-i18next';
import { pricesOf } from '#core/assignment/offers.ts';
import { useFormat } from '../../../format.tsx';
import { useWizard } from '../wizard.ts';
import classes from './Ticket.module.css';

/** What is due now and what recurs. */
export function Prices() {
  const { t } = useTranslation('assignment');
  const { money } = useFormat();
  const { draft } = useWizard();
  const prices = pricesOf(draft);
  if (prices === null) return null;
  const { once, recurring } = prices;
  return (
    <dl className={`${classes.prices} tabular`}>
      <dt>{t(recurring === null ? 'price.now' : 'price.setupFee')}</dt>
      <dd>{money(once)}</dd>
      {recurring !== null && (
        <>
          <dt>{t(`price.each.${recurring.period}`)}</dt>
          <dd>{money(recurring.price)}</dd>
        </>
      )}
    </dl>
  );
}
