import { Button, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalView } from '#core/contract/desk/portal-view.ts';
import { Banner } from './Banner.tsx';
import classes from './TabBanner.module.css';
import { useEndPortalView } from './use-portal-view.ts';

/** The portal is in a tab of its own, which has its own banner; here stands that it is, and its end. */
export function TabBanner({ view }: { view: PortalView }) {
  const { t } = useTranslation('portal');
  const { impersonation, url } = view;
  if (impersonation.endedAt !== null) return <Over view={view} />;
  return (
    <Banner view={view}>
      {url !== null && (
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          size="compact-md"
          title={t('tab.waiting')}
          leftSection={<IconExternalLink size={16} aria-hidden />}
        >
          {t('tab.open')}
        </Button>
      )}
    </Banner>
  );
}

function Over({ view }: { view: PortalView }) {
  const { t } = useTranslation('portal');
  const end = useEndPortalView(view);
  return (
    <div className={classes.over} role="alert">
      <Text size="sm" flex={1}>
        <strong>{t('over.title')}</strong> {t(`over.why.${view.impersonation.endReason ?? 'ended'}`)}
      </Text>
      <Button variant="default" size="compact-md" onClick={() => end.mutate(undefined)}>
        {t('over.close')}
      </Button>
    </div>
  );
}
