import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page.tsx';

/** The customer's account. */
export function AccountPage() {
  const { t } = useTranslation('common');
  return <Page title={t('nav.account')}>{null}</Page>;
}
