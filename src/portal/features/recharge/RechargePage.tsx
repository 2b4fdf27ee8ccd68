import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { OutLink, useHasPage } from '../../components/OutLink.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { NotFound } from '../../frame/NotFound.tsx';
import { useShown } from '../../session.tsx';
import { TypeBars } from '../balances/TypeBars.tsx';
import { isOver } from '../services/marks.ts';
import { ServicePicker } from '../services/ServicePicker.tsx';
import { groupOffers } from './groups.ts';
import { OfferGroup } from './OfferGroup.tsx';
import classes from './recharge.module.css';

/** What can be had for a service: top-ups by what they give, then add-ons, each with its cost and how long it lasts. */
export function RechargePage() {
  const { t } = useTranslation('recharge');
  const showsTopUps = useShown('recharge');
  const showsAddOns = useShown('add_ons');
  if (!showsTopUps && !showsAddOns) return <NotFound />;
  return (
    <Page title={showsTopUps ? t('title') : t('group.add_on')} intro={showsTopUps ? t('intro') : undefined}>
      <ServicePicker
        section="/recharge"
        label={t('service')}
        fits={(service) => !isOver(service)}
        none={
          <Empty
            title={t('none.noService')}
            text={t('none.noServiceText')}
            action={
              <Button component={Link} href="/services" variant="default">
                {t('none.offers')}
              </Button>
            }
          />
        }
      >
        {(service) => <Catalogue key={service.id} service={service} />}
      </ServicePicker>
    </Page>
  );
}

function Catalogue({ service }: { service: PortalService }) {
  const { t } = useTranslation('recharge');
  const offers = useQuery(portal.services.offers.queryOptions({ input: { id: service.id }, staleTime: 60_000 }));
  return (
    <>
      {service.balances.length > 0 && (
        <Section title={t('left')}>
          <TypeBars balances={service.balances} currency={service.monthlyCost.currency} />
        </Section>
      )}
      <Loaded query={offers} height={360}>
        {({ items }) => <Groups service={service} offers={items} />}
      </Loaded>
    </>
  );
}

function Groups({ service, offers }: { service: PortalService; offers: Parameters<typeof groupOffers>[0] }) {
  const { t } = useTranslation('recharge');
  const showsTopUps = useShown('recharge');
  const showsAddOns = useShown('add_ons');
  const groups = groupOffers(offers).filter(({ group }) => (group === 'add_on' ? showsAddOns : showsTopUps));
  if (groups.length === 0) {
    return <Empty title={t('none.title')} text={service.status === 'active' ? t('none.text') : t('none.state')} />;
  }
  return (
    <>
      <HowToBuy />
      {groups.map(({ group, offers: own }) => (
        <OfferGroup key={group} group={group} offers={own} service={service} />
      ))}
    </>
  );
}

/** Where it is to be had when the operator has no page for it: said once, plainly, instead of buttons that lead nowhere. */
function HowToBuy() {
  const { t } = useTranslation('recharge');
  if (useHasPage('top_up')) return null;
  return (
    <div data-part="how-to-buy">
      <Section title={t('how.title')}>
        <p className={classes.how}>{t('how.text')}</p>
        <OutLink to="support" variant="default">
          {t('how.support')}
        </OutLink>
      </Section>
    </div>
  );
}
