import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import { Facts } from '../../components/Facts.tsx';
import { useFormat } from '../../format.ts';
import classes from './ServiceCard.module.css';
import { ServiceHead } from './ServiceHead.tsx';
import { useCost } from './use-cost.ts';
import { useServiceLinks } from './use-service-links.ts';

/** A service as a card: what the customer has, how it stands, until when, for how much, and what can be done with it. */
export function ServiceCard({ service, level = 2 }: { service: PortalService; level?: 2 | 3 }) {
  const { t } = useTranslation('services');
  const { date } = useFormat();
  const costOf = useCost();
  const { expiresAt, autoRenew, status } = service;
  const renews = autoRenew && status === 'active' && expiresAt !== null;
  const [first, ...others] = useServiceLinks(service);
  return (
    <article className={classes.card} aria-label={service.name}>
      <ServiceHead service={service} level={level} />
      <Facts
        facts={[
          [t('product'), service.product.name],
          [t('created'), date(service.activatedAt ?? service.createdAt)],
          [renews ? t('renewsOn') : t('expires'), expiresAt === null ? t('noExpiry') : date(expiresAt)],
          [t('monthlyCost'), costOf(service)],
          [t('autoRenew'), autoRenew ? t('on') : t('off')],
        ]}
      />
      <div className={classes.acts}>
        {first && (
          <Button component={Link} href={first.href} aria-label={first.label} variant="light">
            {first.words}
          </Button>
        )}
        {others.map(({ key, href, words, label }) => (
          <Link key={key} href={href} className={classes.act} aria-label={label}>
            {words}
          </Link>
        ))}
      </div>
    </article>
  );
}
