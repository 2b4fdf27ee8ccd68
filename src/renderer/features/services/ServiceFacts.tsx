import { useTranslation } from 'react-i18next';
import type { Service } from '#core/domain/service.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import { useFormat } from '../../format.tsx';
import classes from './services.module.css';
import { useRenewal } from './use-renewal.ts';

/** What it costs, since when, until when. */
export function ServiceFacts({ service }: { service: Service }) {
  const { t } = useTranslation('customers');
  const { t: tCommon } = useTranslation('common');
  const { money, date } = useFormat();
  const renewal = useRenewal(service);
  const facts: [string, string | null][] = [
    ['plan', service.product.name],
    ['type', tCommon(`serviceType.${service.serviceType}`)],
    ['price', service.monthlyCost.amount > 0 ? t('service.monthly', { price: money(service.monthlyCost) }) : null],
    ['renewal', renewal],
    ['since', service.activatedAt && date(service.activatedAt)],
  ];
  return (
    <ListPanel title={t('service.facts')}>
      <dl className={`${classes.identifiers} ${classes.body}`}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([key, value]) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{t(`service.fact.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </ListPanel>
  );
}
