import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Offer, PortalService } from '#core/contract/portal/services.ts';
import { OutLink } from '../../components/OutLink.tsx';
import { useFormat } from '../../format.ts';
import { useAmounts } from '../balances/use-amounts.ts';
import type { OfferGroup as Group } from './groups.ts';
import classes from './recharge.module.css';

interface OfferGroupProps {
  readonly group: Group;
  readonly offers: readonly Offer[];
  readonly service: PortalService;
}

/** One kind of top-up, or the add-ons, as cards. */
export function OfferGroup({ group, offers, service }: OfferGroupProps) {
  const { t } = useTranslation('recharge');
  return (
    <section aria-labelledby={group} className={classes.group}>
      <Title order={2} id={group} className={classes.heading}>
        {t(`group.${group}`)}
      </Title>
      <div className={classes.grid}>
        {offers.map((offer) => (
          <OfferCard key={offer.id} offer={offer} service={service} />
        ))}
      </div>
    </section>
  );
}

const units = { data: 'byte', voice: 'second', sms: 'message', monetary: 'minor_unit' } as const;

function OfferCard({ offer, service }: { offer: Offer; service: PortalService }) {
  const { t } = useTranslation('recharge');
  const { amountOf } = useAmounts(offer.once.currency);
  const { id, name, description, gives, kind, recurring, validDays } = offer;
  const isAddOn = kind === 'add_on';
  return (
    <article className={classes.offer} aria-label={name} data-offer={id}>
      <Title order={3} className={classes.name}>
        {name}
      </Title>
      {gives !== null && (
        <p className={classes.gives}>
          {t(`gives.${gives.type}`, { amount: amountOf(units[gives.type], gives.quantity) })}
        </p>
      )}
      {description !== '' && <p className={classes.quiet}>{description}</p>}
      <Price offer={offer} />
      {recurring === null && (
        <p className={classes.quiet}>{validDays === null ? t('valid.noEnd') : t('valid.days', { count: validDays })}</p>
      )}
      <div className={classes.push}>
        <OutLink
          to="top_up"
          about={{ service: service.id, offer: id }}
          variant="light"
          label={isAddOn ? t('addOf', { offer: name }) : t('buyOf', { offer: name })}
        >
          {isAddOn ? t('add') : t('buy')}
        </OutLink>
      </div>
    </article>
  );
}

/** What is paid once, and what from then on. */
function Price({ offer: { once, recurring } }: { offer: Offer }) {
  const { t } = useTranslation('services');
  const { money } = useFormat();
  const ever = recurring === null ? null : t(`costEvery.${recurring.period}`, { price: money(recurring.price) });
  if (ever === null) return <p className={classes.price}>{once.amount === 0 ? t('free') : money(once)}</p>;
  return (
    <p className={classes.price}>
      {ever}
      {once.amount > 0 && <span className={classes.quiet}> + {t('once', { price: money(once) })}</span>}
    </p>
  );
}
