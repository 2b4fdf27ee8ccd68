import { Button } from '@mantine/core';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import type { PortalContract } from '#core/contract/portal.ts';
import { useBrand } from '../../brand.ts';
import { useFormat } from '../../format.ts';
import { isLow, totalsByType } from '../balances/buckets.ts';
import { TypeBars } from '../balances/TypeBars.tsx';
import cardClasses from '../services/ServiceCard.module.css';
import { ServiceHead } from '../services/ServiceHead.tsx';
import { serviceLinks } from '../services/service-links.ts';
import { useCost } from '../services/use-cost.ts';
import classes from './Dashboard.module.css';

export type Dashboard = InferContractRouterOutputs<PortalContract>['dashboard'];

/** The customer's services at a glance. */
export function Glances({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const { services, serviceCount } = dashboard;
  const more = serviceCount - services.length;
  return (
    <>
      <div className={classes.glances}>
        {services.map((service) => (
          <Glance key={service.id} service={service} />
        ))}
      </div>
      {serviceCount > 1 && (
        <Link href="/services" className={classes.all}>
          {more > 0 ? t('moreServices', { count: more }) : t('allServices')}
        </Link>
      )}
    </>
  );
}

function Glance({ service }: { service: PortalService }) {
  const costOf = useCost();
  const until = useUntil(service);
  return (
    <article className={cardClasses.card} aria-label={service.name}>
      <ServiceHead service={service} showsProduct />
      {service.balances.length > 0 && <TypeBars balances={service.balances} currency={service.monthlyCost.currency} />}
      <div className={cardClasses.foot}>
        <div>
          <p className={cardClasses.cost}>{costOf(service)}</p>
          {until !== null && <p className={cardClasses.until}>{until}</p>}
        </div>
        <GlanceAction service={service} />
      </div>
    </article>
  );
}

/** Until when a service is paid for: said once, as the customer would ask. */
function useUntil({ expiresAt, autoRenew, status }: PortalService): string | null {
  const { t } = useTranslation('dashboard');
  const { date } = useFormat();
  if (expiresAt === null) return null;
  if (status === 'expired' || status === 'cancelled') return t('ended', { date: date(expiresAt) });
  return t(autoRenew && status === 'active' ? 'renews' : 'until', { date: date(expiresAt) });
}

/** The one thing to do: more of what runs low, else a look at what is left, else the service itself. */
function GlanceAction({ service }: { service: PortalService }) {
  const { t } = useTranslation('services');
  const { hidden } = useBrand();
  const links = serviceLinks(service, hidden);
  const runsLow = totalsByType(service.balances).some(isLow);
  const action = (runsLow ? links.find(({ key }) => key === 'top_up') : undefined) ?? links[0];
  if (action === undefined) return null;
  const words = t(`actions.${action.key}`);
  return (
    <Button component={Link} href={action.href} variant="light" aria-label={`${words}: ${service.name}`}>
      {words}
    </Button>
  );
}
