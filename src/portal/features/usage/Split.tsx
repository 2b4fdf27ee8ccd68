import { useTranslation } from 'react-i18next';
import type { UsageOfType } from '#core/domain/charging.ts';
import { Section } from '../../components/Section.tsx';
import { useAmounts } from '../balances/use-amounts.ts';
import { type SplitPart, splitOf } from './split.ts';
import classes from './usage.module.css';

/** Where usage went: within the network, to others, abroad, to premium numbers; a bar, and the same in numbers. */
export function Split({ of, currency }: { of: UsageOfType; currency: string }) {
  const { t } = useTranslation('usage');
  const { share } = useAmounts(currency);
  const parts = splitOf(of.byDestination);
  const used = parts.filter(({ quantity }) => quantity > 0);
  const words = used.map((part) =>
    t('split.part', { destination: t(`destination.${part.destination}`), share: share(part.share) }),
  );
  return (
    <Section title={t('split.title')}>
      {used.length === 0 ? (
        <p className={classes.quiet}>{t('split.none')}</p>
      ) : (
        <>
          <div className={classes.split} role="img" aria-label={t('split.chart', { parts: words.join(', ') })}>
            {used.map(({ destination, share: size }) => (
              <span key={destination} data-destination={destination} style={{ flexGrow: size }} />
            ))}
          </div>
          <SplitTable parts={parts} of={of} currency={currency} />
        </>
      )}
    </Section>
  );
}

function SplitTable({ parts, of, currency }: { parts: readonly SplitPart[]; of: UsageOfType; currency: string }) {
  const { t } = useTranslation('usage');
  const { exactOf, share } = useAmounts(currency);
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('split.to')}</th>
          <th scope="col" className={classes.number}>
            {t('split.quantity')}
          </th>
          <th scope="col" className={classes.number}>
            {t('split.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.destination}>
            <th scope="row">
              <span className={classes.swatch} data-destination={part.destination} aria-hidden />
              {t(`destination.${part.destination}`)}
              <span className={classes.hint}>{t(`destinationHint.${part.destination}`)}</span>
            </th>
            <td className={classes.number}>{exactOf(of.unit, part.quantity)}</td>
            <td className={classes.number}>{share(part.share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
