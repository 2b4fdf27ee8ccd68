import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Offer } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { OutLink, useHasPage } from '../../components/OutLink.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import classes from './services.module.css';

/** Plans that the customer can have; the whole services section for who has none yet. */
export function OffersPage({ isFirst = false }: { isFirst?: boolean }) {
  const { t } = useTranslation('services');
  const offers = useQuery(portal.offers.queryOptions({ staleTime: 60_000 }));
  return (
    <Page title={isFirst ? t('none.title') : t('none.more')} intro={isFirst ? t('none.text') : undefined}>
      <HowToGet />
      <Loaded query={offers} height={320}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('none.noOffers')} text={t('none.noOffersText')} />
          ) : (
            <div className={classes.grid}>
              {items.map((offer) => (
                <OfferCard key={offer.id} offer={offer} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

/** Where a service is to be had, when the operator has no page for it: said plainly, so that no button leads nowhere. */
function HowToGet() {
  const { t } = useTranslation('services');
  if (useHasPage('subscribe')) return null;
  return (
    <Section title={t('none.howTitle')}>
      <p className={classes.how}>{t('none.howText')}</p>
      <div className={classes.links}>
        <OutLink to="support" variant="default">
          {t('none.support')}
        </OutLink>
      </div>
    </Section>
  );
}

function OfferCard({ offer }: { offer: Offer }) {
  const { t } = useTranslation('services');
  const { money } = useFormat();
  const { id, name, description, recurring, once } = offer;
  return (
    <article className={classes.offer} aria-label={name}>
      <Title order={2} size="h3">
        {name}
      </Title>
      <p className={classes.quietText}>{t(`type.${offer.serviceType}`)}</p>
      {description !== '' && <p>{description}</p>}
      <p className={classes.price}>
        {recurring === null
          ? t('once', { price: money(once) })
          : t(`costEvery.${recurring.period}`, { price: money(recurring.price) })}
      </p>
      {recurring !== null && (
        <p className={classes.quietText}>
          {once.amount > 0 ? t('offer.setup', { price: money(once) }) : t('offer.noSetup')}
        </p>
      )}
      <div className={classes.push}>
        <OutLink to="subscribe" about={{ offer: id }} label={t('none.chooseOf', { offer: name })}>
          {t('none.choose')}
        </OutLink>
      </div>
    </article>
  );
}
