import { Anchor, Text, Title } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Language, languages } from '#core/domain/languages.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { changeLanguage, languageNames } from '../../i18n.ts';
import icon from '../../icon.svg';
import { useIsOffline } from '../../work/use-work.ts';
import { ForgotForm } from './ForgotForm.tsx';
import { PinEntry } from './PinEntry.tsx';
import type { KnownStaff } from './pin-state.ts';
import { SignInForm } from './SignInForm.tsx';
import classes from './SignInPage.module.css';
import { StaffList } from './StaffList.tsx';
import { useScanRefusal } from './use-scan-refusal.ts';

/** Where everybody begins: who you are, which head office, which language. The session itself stays in the host. */
export function SignInPage() {
  const { t } = useTranslation('frame');
  useScanRefusal();
  const isOffline = useIsOffline();
  const known = useQuery(deskQuery.staff.known.queryOptions());
  const staff = known.data ?? [];
  const unlocks = isOffline && staff.length > 0;
  return (
    <div className={classes.page}>
      <main className={classes.panel}>
        <img src={icon} alt="" width={44} height={44} />
        <Title order={1} mt="md">
          {t(unlocks ? 'signIn.offlineTitle' : 'signIn.title')}
        </Title>
        {unlocks ? (
          <Unlock staff={staff} />
        ) : (
          <>
            <Text c="dimmed" size="sm" mb="lg">
              {t('signIn.subtitle')}
            </Text>
            {isOffline && known.isSuccess && <NeedsLine />}
            <Entrance />
          </>
        )}
      </main>
      <footer className={classes.foot}>
        <CentralLine />
        <LanguageChoice />
      </footer>
    </div>
  );
}

/** The password, or a new one by mail. */
function Entrance() {
  const [forgotten, setForgotten] = useState<string | null>(null);
  if (forgotten === null) return <SignInForm onForgot={setForgotten} />;
  return <ForgotForm email={forgotten} onBack={() => setForgotten(null)} />;
}

/** Without a line: who signed in here before unlocks the desk with a PIN. */
function Unlock({ staff }: { staff: readonly KnownStaff[] }) {
  const { t } = useTranslation('frame');
  const [chosen, setChosen] = useState<number | null>(null);
  const one = staff.find(({ user }) => user.id === chosen);
  if (one !== undefined) {
    return (
      <div className={classes.pin}>
        <PinEntry key={one.user.id} one={one} onBack={() => setChosen(null)} />
      </div>
    );
  }
  return (
    <>
      <Text c="dimmed" size="sm" mb="md">
        {t('signIn.offlineText')}
      </Text>
      <StaffList staff={staff} onChoose={({ user }) => setChosen(user.id)} />
    </>
  );
}

/** Nobody is known here yet: said before anybody types a password in vain. */
function NeedsLine() {
  const { t } = useTranslation('frame');
  return (
    <div className={classes.needsLine} role="status">
      <IconPlugConnectedX size={20} aria-hidden />
      <div>
        <Text size="sm" fw={600}>
          {t('signIn.firstTitle')}
        </Text>
        <Text size="sm">{t('signIn.firstText')}</Text>
      </div>
    </div>
  );
}

function CentralLine() {
  const { t } = useTranslation('frame');
  const { data: link } = useQuery(deskQuery.system.link.queryOptions());
  if (link === undefined) return <span />;
  return (
    <span className={classes.central}>
      <StatusMark kind="link" status={link.state} look="plain" />
      <Text size="xs" c="dimmed" truncate>
        {t('link.central', { url: link.centralUrl })}
      </Text>
    </span>
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation('frame');
  const change = useMutation(
    deskQuery.system.changeSettings.mutationOptions({
      onSuccess: (settings, _input, _result, { client }) =>
        client.setQueryData(deskQuery.system.settings.queryKey(), settings),
    }),
  );
  const choose = (language: Language) => {
    void changeLanguage(language);
    change.mutate({ language });
  };
  return (
    <nav aria-label={t('signIn.language')} className={classes.languages}>
      {languages.map((language) => (
        <Anchor
          key={language}
          component="button"
          type="button"
          size="sm"
          lang={language}
          c={i18n.language === language ? undefined : 'dimmed'}
          fw={i18n.language === language ? 600 : 400}
          aria-current={i18n.language === language}
          onClick={() => choose(language)}
        >
          {languageNames[language]}
        </Anchor>
      ))}
    </nav>
  );
}
