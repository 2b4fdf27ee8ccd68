import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Route, Switch } from 'wouter';
import type { Language } from '#core/domain/languages.ts';
import type { PortalMode } from '#core/domain/portal.ts';
import { BrandMark } from '../../frame/BrandMark.tsx';
import { changeLanguage, languageNames, languages } from '../../i18n.ts';
import classes from './Entrance.module.css';
import { ForgotPage } from './ForgotPage.tsx';
import { Over } from './Over.tsx';
import { ResetPage } from './ResetPage.tsx';
import { SignInPage } from './SignInPage.tsx';
import { VerifyPage } from './VerifyPage.tsx';

/** What somebody sees who is not in. `reason` says why their session ended, `mode` which kind it was. */
export function Entrance({ reason, mode }: { reason: string | null; mode: PortalMode }) {
  const { t, i18n } = useTranslation('common');
  return (
    <div className={classes.entrance} id="portal-page" data-part="entrance">
      <header className={classes.brand}>
        <BrandMark />
      </header>
      <main id="content" className={classes.card}>
        <Switch>
          <Route path="/forgot" component={ForgotPage} />
          <Route path="/reset" component={ResetPage} />
          <Route path="/verify-email" component={VerifyPage} />
          <Route>{mode === 'own' ? <SignInPage reason={reason} /> : <Over mode={mode} reason={reason} />}</Route>
        </Switch>
      </main>
      <footer className={classes.foot}>
        <NativeSelect
          aria-label={t('language')}
          size="sm"
          value={i18n.language}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          onChange={({ currentTarget }) => void changeLanguage(currentTarget.value as Language)}
        />
      </footer>
    </div>
  );
}
