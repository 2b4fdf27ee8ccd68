import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { BarrierNote } from '../../components/BarrierNote.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useChangeBarrier, useMe, useSecurityBarrier, useShown } from '../../session.tsx';
import { AppearanceField } from './AppearanceField.tsx';
import { EmailField } from './EmailField.tsx';
import { Facts } from './Facts.tsx';
import { LanguageField } from './LanguageField.tsx';
import { Contacts, Sites } from './Linked.tsx';
import { PasswordField } from './PasswordField.tsx';
import { PhoneField } from './PhoneField.tsx';

/** Account, Details: what the customer may change, each with its own "Edit", and what only staff may. */
export function DetailsPage() {
  const { t } = useTranslation('account');
  const { account } = useMe();
  const change = useChangeBarrier();
  const security = useSecurityBarrier();
  const [changeNote, securityNote] = [useId(), useId()];
  const showsSites = useShown('account_sites');
  const showsContacts = useShown('account_contacts');
  return (
    <Page title={t('details.title')}>
      <Section title={t('details.yours')}>
        {change !== security && <BarrierNote barrier={security} id={securityNote} />}
        <BarrierNote barrier={change} id={changeNote} />
        {account !== null && (
          <>
            <EmailField account={account} barrier={security} note={securityNote} />
            <PasswordField barrier={security} note={securityNote} />
          </>
        )}
        <PhoneField barrier={change} note={changeNote} />
        <LanguageField barrier={change} note={changeNote} />
        <AppearanceField />
      </Section>
      <Facts />
      {showsSites && <Sites />}
      {showsContacts && <Contacts />}
    </Page>
  );
}
