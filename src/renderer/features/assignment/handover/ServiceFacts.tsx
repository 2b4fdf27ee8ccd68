import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Balance, Service } from '#core/domain/service.ts';
import { StatusMark } from '../../../components/StatusMark.tsx';
import { useFormat } from '../../../format.tsx';
import type { Format } from '../../../formatters.ts';
import { useBalances } from '../../services/use-balances.ts';
import classes from './HandOver.module.css';

/** The service in big letters: its number, its ID, its state, when it renews; for an add-on what there is now (AO-7). */
export function ServiceFacts({ service, isAddon }: { service: Service; isAddon: boolean }) {
  const { t } = useTranslation('handover');
  const { phone, date, money } = useFormat();
  const { balances } = useBalances(service);
  const number = service.items.find(({ identifiers }) => identifiers.msisdn !== undefined)?.identifiers.msisdn;
  return (
    <>
      <div className={`${classes.number} tabular`} data-name={number === undefined || undefined} data-testid="number">
        {number === undefined ? service.name : phone(number)}
      </div>
      <dl className={`${classes.facts} tabular`}>
        <div>
          <dt>{t('serviceId')}</dt>
          <dd data-testid="service-id">{service.id}</dd>
        </div>
        <div>
          <dt>{t('serviceName')}</dt>
          <dd>{service.name}</dd>
        </div>
        <div>
          <dt>{t('status')}</dt>
          <dd>
            <StatusMark kind="service" status={service.status} look="plain" />
          </dd>
        </div>
        {service.expiresAt !== null && (
          <div>
            <dt>{t(service.autoRenew ? 'renews' : 'ends')}</dt>
            <dd>{date(service.expiresAt)}</dd>
          </div>
        )}
        {!isAddon && service.monthlyCost.amount > 0 && (
          <div>
            <dt>{t('monthly')}</dt>
            <dd>{money(service.monthlyCost)}</dd>
          </div>
        )}
      </dl>
      {isAddon && balances.length > 0 && <Balances balances={balances} />}
    </>
  );
}

function amountText(value: number, unit: Balance['unit'], format: Format, minutes: (count: number) => string): string {
  if (unit === 'byte') return format.bytes(value);
  return unit === 'second' ? minutes(Math.floor(value / 60)) : format.number(value);
}

function Balances({ balances }: { balances: readonly Balance[] }) {
  const { t } = useTranslation('handover');
  const format = useFormat();
  const minutes = (count: number) => t('common:balance.minutes', { count, value: format.number(count) });
  return (
    <ul className={classes.balances} aria-label={t('balances')}>
      {balances
        .filter(({ unit }) => unit !== 'minor_unit')
        .map(({ id, name, remaining, total, unit }) => (
          <li key={id}>
            <div className={classes.balance}>
              <Text span size="sm">
                {name}
              </Text>
              <Text span size="sm" fw={600} className="tabular">
                {t('common:balance.left', {
                  remaining: amountText(remaining, unit, format, minutes),
                  total: amountText(total, unit, format, minutes),
                })}
              </Text>
            </div>
            <Progress value={total === 0 ? 0 : (remaining / total) * 100} aria-label={name} />
          </li>
        ))}
    </ul>
  );
}
