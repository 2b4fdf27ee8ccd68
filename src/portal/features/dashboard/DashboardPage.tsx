import { Button, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalActivity } from '#core/domain/portal.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Section } from '../../components/Section.tsx';
import { useMe, useShown } from '../../session.tsx';
import { ActivityEntry } from '../activity/ActivityEntry.tsx';
import { AlertList } from '../alerts/AlertList.tsx';
import classes from './Dashboard.module.css';
import { DashboardLoading } from './DashboardLoading.tsx';
import { type Dashboard, Glances } from './Glances.tsx';

/** The first screen, from one answer: what asks for attention, what is left of each service, what happened lately. */
export function DashboardPage() {
  const { t } = useTranslation('dashboard');
  const { contact, customer } = useMe();
  const { data, error, refetch } = useQuery(portal.dashboard.queryOptions());
  return (
    <Page
      title={t('hello', { name: contact?.name ?? customer.name })}
      intro={data ? t('summary', { count: data.serviceCount }) : <span aria-hidden>&nbsp;</span>}
    >
      {data ? (
        <Content dashboard={data} />
      ) : error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <DashboardLoading />
      )}
    </Page>
  );
}

function Content({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation('dashboard');
  const showsActivity = useShown('dashboard_activity');
  const { services, alerts, activity } = dashboard;
  const currency = services[0]?.monthlyCost.currency ?? 'EUR';
  return (
    <>
      <AlertList alerts={alerts} currency={currency} />
      <div className={classes.columns} data-single={!showsActivity || undefined}>
        <section aria-labelledby="your-services">
          <Title order={2} id="your-services" className={classes.heading}>
            {t('services')}
          </Title>
          {services.length === 0 ? <NoServices /> : <Glances dashboard={dashboard} />}
        </section>
        {showsActivity && <RecentActivity activity={activity} />}
      </div>
    </>
  );
}

function NoServices() {
  const { t } = useTranslation('dashboard');
  return (
    <div className={classes.none}>
      <Empty
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          <Button component={Link} href="/services">
            {t('empty.action')}
          </Button>
        }
      />
    </div>
  );
}

function RecentActivity({ activity }: { activity: readonly PortalActivity[] }) {
  const { t } = useTranslation('dashboard');
  const hasPage = useShown('activity');
  return (
    <Section title={t('activity')}>
      {activity.length === 0 ? (
        <p className={classes.quiet}>{t('noActivity')}</p>
      ) : (
        <ul className={classes.activity}>
          {activity.map((entry) => (
            <ActivityEntry key={entry.id} entry={entry} showsDay />
          ))}
        </ul>
      )}
      {hasPage && activity.length > 0 && (
        <Link href="/activity" className={classes.all}>
          {t('allActivity')}
        </Link>
      )}
    </Section>
  );
}
