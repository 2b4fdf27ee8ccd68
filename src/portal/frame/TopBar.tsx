import { Button } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useBrand } from '../brand.ts';
import { Problem } from '../components/Problem.tsx';
import { useMe, useShown, useSignOut } from '../session.tsx';
import { BrandMark } from './BrandMark.tsx';
import classes from './TopBar.module.css';

/** Whose portal it is, who is in it, and the way out. */
export function TopBar() {
  const { t } = useTranslation('common');
  const me = useMe();
  const { name } = useBrand();
  const signOut = useSignOut();
  const canLeave = useShown('sign_out') && me.impersonation === null;
  return (
    <header className={classes.bar} data-part="bar">
      <Link href="/dashboard" className={classes.brand} aria-label={`${name}: ${t('home')}`}>
        <BrandMark />
      </Link>
      <span className={classes.who}>{me.contact?.name ?? me.customer.name}</span>
      {canLeave && (
        <Button
          variant="subtle"
          size="sm"
          className={classes.out}
          leftSection={<IconLogout size={18} aria-hidden />}
          loading={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          <span className={classes.outWord}>{t('signOut')}</span>
        </Button>
      )}
      {signOut.isError && <Problem error={signOut.error} onRetry={() => signOut.mutate()} />}
    </header>
  );
}
