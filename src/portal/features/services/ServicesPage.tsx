import { Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { More } from '../../components/More.tsx';
import { Page } from '../../components/Page.tsx';
import { contextOf, isOver } from './marks.ts';
import { OffersPage } from './OffersPage.tsx';
import { ServiceCard } from './ServiceCard.tsx';
import { ServiceDetail } from './ServiceDetail.tsx';
import classes from './services.module.css';

const AT_ONCE = 24;

/** The services section: several are listed, the only one is shown at once, and who has none sees what there is to have. */
export function ServicesPage() {
  const { t } = useTranslation('services');
  const services = useInfiniteQuery(
    portal.services.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: AT_ONCE, cursor }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  );
  const all = services.data?.pages.flatMap(({ items }) => items);
  if (all === undefined) {
    return (
      <Page title={t('title')}>
        <Loaded query={services} height={320}>
          {() => null}
        </Loaded>
      </Page>
    );
  }
  const [only] = all;
  const context = contextOf(all.length);
  if (context === 'none' || only === undefined) return <OffersPage isFirst />;
  if (context === 'one') return <ServiceDetail id={only.id} isOnly />;
  return (
    <Page
      title={t('title')}
      actions={
        <Link href="/offers" className={classes.quiet}>
          {t('none.more')}
        </Link>
      }
    >
      <ServiceList services={all} />
      <More query={services}>{t('more')}</More>
    </Page>
  );
}

/** The services in use, then those that are over. */
function ServiceList({ services }: { services: readonly PortalService[] }) {
  const { t } = useTranslation('services');
  const over = services.filter(isOver);
  return (
    <>
      <Cards services={services.filter((service) => !isOver(service))} level={2} />
      {over.length > 0 && (
        <section aria-labelledby="services-over" className={classes.over}>
          <Title order={2} id="services-over" mb="sm">
            {t('over')}
          </Title>
          <Cards services={over} level={3} />
        </section>
      )}
    </>
  );
}

function Cards({ services, level }: { services: readonly PortalService[]; level: 2 | 3 }) {
  return (
    <div className={classes.grid}>
      {services.map((service) => (
        <ServiceCard key={service.id} service={service} level={level} />
      ))}
    </div>
  );
}
