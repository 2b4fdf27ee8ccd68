import { useTranslation } from 'react-i18next';
import type { PortalBalance } from '#core/contract/portal/services.ts';
import type { BalanceType } from '#core/domain/charging.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { Bar } from '../balances/Bar.tsx';
import { inOrderOfUse, orderKey } from '../balances/buckets.ts';
import { useAmounts } from '../balances/use-amounts.ts';
import type { UseOfService } from './TypeTabs.tsx';
import classes from './usage.module.css';

interface BucketsProps {
  readonly balances: UseOfService['balances'];
  readonly type: BalanceType;
  readonly currency: string;
}

/** The buckets of one type in the order they are used, with the words for it. */
export function Buckets({ balances, type, currency }: BucketsProps) {
  return (
    <Loaded query={balances} height={160}>
      {({ items }) => <BucketList buckets={inOrderOfUse(items, type)} currency={currency} />}
    </Loaded>
  );
}

function BucketList({ buckets, currency }: { buckets: readonly PortalBalance[]; currency: string }) {
  const { t } = useTranslation('usage');
  if (buckets.length === 0) return null;
  const several = buckets.length > 1;
  return (
    <Section
      title={several ? t('buckets.title') : t('buckets.one')}
      intro={several ? t('buckets.explained') : undefined}
    >
      <ol className={classes.buckets}>
        {buckets.map((bucket, index) => (
          <Bucket key={bucket.id} bucket={bucket} place={index + 1} count={buckets.length} currency={currency} />
        ))}
      </ol>
    </Section>
  );
}

interface BucketProps {
  readonly bucket: PortalBalance;
  readonly place: number;
  readonly count: number;
  readonly currency: string;
}

function Bucket({ bucket, place, count, currency }: BucketProps) {
  const { t } = useTranslation('usage');
  const { date } = useFormat();
  const { amountOf, shortOf } = useAmounts(currency);
  const { name, unit, remaining, expiresAt, destinations } = bucket;
  const total = amountOf(unit, bucket.total);
  const left = remaining > 0 ? t('bar.left', { remaining: shortOf(unit, remaining), total }) : t('bar.none', { total });
  const order = orderKey(place, count);
  return (
    <li className={classes.bucket}>
      {order !== 'only' && (
        <span className={classes.place} aria-hidden>
          {place}
        </span>
      )}
      <div className={classes.bucketBody}>
        {order !== 'only' && <p className={classes.order}>{t(`buckets.order.${order}`, { place })}</p>}
        <div className={classes.line}>
          <span className={classes.strong}>{name}</span>
          <span className="tabular">{left}</span>
        </div>
        <Bar of={bucket} label={`${name}: ${left}`} />
        <div className={classes.under}>
          <span>{expiresAt === null ? t('bar.noEnd') : t('bar.until', { date: date(expiresAt) })}</span>
          {destinations !== null && (
            <span>
              {t('buckets.for', { destinations: destinations.map((each) => t(`destination.${each}`)).join(', ') })}
            </span>
          )}
        </div>
      </div>
    </li>
  );
}
