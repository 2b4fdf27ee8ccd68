import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { ServicePicker } from '../services/ServicePicker.tsx';
import { hasUse } from './split.ts';
import { TypeTabs } from './TypeTabs.tsx';

/** What is left of a service and what was used, by kind. */
export function UsagePage() {
  const { t } = useTranslation('usage');
  return (
    <Page title={t('title')} intro={t('intro')}>
      <ServicePicker
        section="/usage"
        label={t('service')}
        fits={({ actions }) => actions.includes('view_usage')}
        none={
          <Section title={t('empty.noService')}>
            <Empty
              title={t('empty.noServiceText')}
              action={
                <Button component={Link} href="/services" variant="default">
                  {t('empty.offers')}
                </Button>
              }
            />
          </Section>
        }
      >
        {(service) => <ServiceUse key={service.id} service={service} />}
      </ServicePicker>
    </Page>
  );
}

function ServiceUse({ service }: { service: PortalService }) {
  const { t } = useTranslation('usage');
  const { id } = service;
  const usage = useQuery(portal.services.usage.queryOptions({ input: { id } }));
  const balances = useQuery(portal.services.balances.queryOptions({ input: { id } }));
  return (
    <Loaded query={usage} height={420}>
      {(used) => {
        const types = used.types.filter(hasUse);
        if (types.length === 0) return <Empty title={t('empty.title')} text={t('empty.text')} />;
        return <TypeTabs service={service} usage={{ ...used, types }} balances={balances} />;
      }}
    </Loaded>
  );
}
