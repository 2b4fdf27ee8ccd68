import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page } from '../components/Page.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation('common');
  return (
    <Page title={t('notFound.title')}>
      <Text>{t('notFound.text')}</Text>
      <Button component={Link} href="/dashboard" mt="lg">
        {t('home')}
      </Button>
    </Page>
  );
}
