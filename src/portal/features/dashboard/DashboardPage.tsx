import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page.tsx';

/** The first page: everything at a glance. */
export function DashboardPage() {
  const { t } = useTranslation('dashboard');
  return <Page title={t('title')}>{null}</Page>;
}
