import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalServiceDetail } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { Facts } from '../../components/Facts.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useFormat } from '../../format.ts';
import { TypeBars } from '../balances/TypeBars.tsx';
import { EsimCode } from './EsimCode.tsx';
import { Renewal } from './Renewal.tsx';
import { ServiceMark } from './ServiceMark.tsx';
import { ServiceParts } from './ServiceParts.tsx';
import classes from './services.module.css';
import { useCost } from './use-cost.ts';
import { useServiceLinks } from './use-service-links.ts';
import { useStateText } from './use-state-text.ts';

interface ServiceDetailProps {
  readonly id: number;
  /** The customer has no other: there is no list to go back to. */
  readonly isOnly?: boolean;
}

/** Everything about one service. */
export function ServiceDetail({ id, isOnly = false }: ServiceDetailProps) {
  const { t } = useTranslation('services');
  const service = useQuery(portal.services.get.queryOptions({ input: { id } }));
  return (
    <>
      {!isOnly && (
        <Link href="/services" className={classes.quiet}>
          <IconArrowLeft size={18} aria-hidden /> {t('back')}
        </Link>
      )}
      <Page title={service.data?.name ?? t('title')} intro={service.data && <StateLine service={service.data} />}>
        <Loaded query={service} height={420}>
          {(detail) => <Detail service={detail} />}
        </Loaded>
        {isOnly && (
          <Link href="/offers" className={classes.quiet}>
            {t('none.more')}
          </Link>
        )}
      </Page>
    </>
  );
}

/** How it stands, and what that means. */
function StateLine({ service }: { service: PortalServiceDetail }) {
  const text = useStateText()(service);
  return (
    <span className={classes.state}>
      <ServiceMark service={service} />
      {text !== null && <span>{text}</span>}
    </span>
  );
}

function Detail({ service }: { service: PortalServiceDetail }) {
  return (
    <div className={classes.columns}>
      <div>
        <WhatIsLeft service={service} />
        <AtAGlance service={service} />
      </div>
      <div>
        <Renewal service={service} />
        {service.actions.includes('show_esim') && <EsimCode id={service.id} />}
        <ServiceParts service={service} />
      </div>
    </div>
  );
}

function WhatIsLeft({ service }: { service: PortalServiceDetail }) {
  const { t } = useTranslation('services');
  const { balances, monthlyCost } = service;
  const links = useServiceLinks(service).filter(({ key }) => key !== 'details' && key !== 'change');
  return (
    <Section title={t('detail.left')}>
      {balances.length === 0 ? (
        <p className={classes.quietText}>{t('detail.noBalances')}</p>
      ) : (
        <TypeBars balances={balances} currency={monthlyCost.currency} />
      )}
      {links.length > 0 && (
        <div className={classes.links}>
          {links.map(({ key, href, words }, place) => (
            <Button key={key} component={Link} href={href} variant={place === 0 ? 'filled' : 'default'}>
              {words}
            </Button>
          ))}
        </div>
      )}
    </Section>
  );
}

function AtAGlance({ service }: { service: PortalServiceDetail }) {
  const { t } = useTranslation('services');
  const { date } = useFormat();
  const costOf = useCost();
  const { product, createdAt, activatedAt, expiresAt, autoRenew } = service;
  return (
    <Section title={t('detail.facts')} intro={product.description || undefined}>
      <Facts
        spread
        facts={[
          [t('product'), product.name],
          [t('kind'), t(`type.${service.serviceType}`)],
          [t('created'), date(createdAt)],
          [t('activated'), activatedAt === null ? null : date(activatedAt)],
          [t('expires'), expiresAt === null ? t('noExpiry') : date(expiresAt)],
          [t('monthlyCost'), costOf(service)],
          [t('autoRenew'), autoRenew ? t('on') : t('off')],
        ]}
      />
    </Section>
  );
}
