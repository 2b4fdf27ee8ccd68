import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDeviceMobileOff, IconLockOpen, IconMail, IconUserOff } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactAccount } from '#core/contract/central/accounts.ts';
import type { Contact } from '#core/domain/customer.ts';
import { useNow } from '../../clock.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useFirstItem } from '../../components/use-first-item.ts';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import { useIsOffline } from '../../work/use-work.ts';
import { type AskedAct, ConfirmAccountAct } from './ConfirmAccountAct.tsx';
import { useAccountDone } from './use-account-done.ts';

interface AccountMenuProps {
  customerId: number;
  contact: Contact;
}

/** A contact's portal account: how it stands, and what the counter may do about it. Read when it is opened. */
export function AccountMenu({ customerId, contact }: AccountMenuProps) {
  const { t } = useTranslation('customers');
  const [opened, setOpened] = useState(false);
  const [act, setAct] = useState<AskedAct>('disable');
  const [asking, setAsking] = useState(false);
  const ask = (wanted: AskedAct) => {
    setAct(wanted);
    setAsking(true);
  };
  const isOffline = useIsOffline();
  const input = { id: customerId, contactId: contact.id };
  const read = useQuery(
    deskQuery.contactAccounts.get.queryOptions({ input, enabled: opened && !isOffline, staleTime: 0 }),
  );
  const account = read.isFetching ? undefined : read.data?.account;
  const dropdown = useFirstItem(opened, account !== undefined);
  return (
    <>
      <Menu position="bottom-end" width={300} withInitialFocusPlaceholder={false} opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button variant="default" size="compact-md" rightSection={<IconChevronDown size={15} aria-hidden />}>
            {t('account.title')}
            <span className="visually-hidden">: {contact.name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown ref={dropdown}>
          {isOffline && account === undefined ? (
            <Menu.Label role="status">{t('account.needsLine')}</Menu.Label>
          ) : read.error !== null && !read.isFetching ? (
            <ErrorNotice error={read.error} onRetry={() => void read.refetch()} />
          ) : account === undefined ? (
            <Menu.Label role="status">{t('account.loading')}</Menu.Label>
          ) : (
            <Acts account={account} input={input} contact={contact} onAsk={ask} />
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmAccountAct act={act} contact={contact} input={input} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

interface ActsProps {
  account: ContactAccount | null;
  input: { id: number; contactId: number };
  contact: Contact;
  onAsk: (act: AskedAct) => void;
}

function Acts({ account, input, contact, onAsk }: ActsProps) {
  const { t } = useTranslation('customers');
  const isOffline = useIsOffline();
  const lives = account !== null && account.status !== 'disabled';
  const name = contact.name;
  const create = useMutation(deskQuery.contactAccounts.create.mutationOptions(useAccountDone('invited', name)));
  const inviting = useAccountDone(account?.status === 'active' ? 'linkSent' : 'invited', name);
  const invite = useMutation(deskQuery.contactAccounts.invite.mutationOptions(inviting));
  const unlock = useMutation(deskQuery.contactAccounts.unlock.mutationOptions(useAccountDone('unlocked', name)));
  const isLocked = useLockedUntil(account) !== null;
  if (!lives) {
    return (
      <>
        <Menu.Label>
          {t(contact.email === null && account === null ? 'account.noEmail' : `account.${account?.status ?? 'none'}`)}
        </Menu.Label>
        {contact.email === null && account !== null && <Menu.Label>{t('account.noAddress')}</Menu.Label>}
        <Menu.Item
          leftSection={<IconMail size={16} aria-hidden />}
          disabled={contact.email === null || isOffline}
          onClick={() => create.mutate(input)}
        >
          {t('account.invite')}
        </Menu.Item>
        {isOffline && <Menu.Label>{t('account.needsLine')}</Menu.Label>}
      </>
    );
  }
  return (
    <>
      <Standing account={account} />
      <Menu.Item
        leftSection={<IconMail size={16} aria-hidden />}
        disabled={isOffline}
        onClick={() => invite.mutate(input)}
      >
        {t(account.status === 'invited' ? 'account.inviteAgain' : 'account.sendLink')}
      </Menu.Item>
      {isLocked && (
        <Menu.Item
          leftSection={<IconLockOpen size={16} aria-hidden />}
          disabled={isOffline}
          onClick={() => unlock.mutate(input)}
        >
          {t('account.unlock')}
        </Menu.Item>
      )}
      {account.twoFactor && (
        <Menu.Item
          leftSection={<IconDeviceMobileOff size={16} aria-hidden />}
          disabled={isOffline}
          onClick={() => onAsk('resetTwoFactor')}
        >
          {t('account.resetTwoFactor')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        c="var(--c-bad)"
        leftSection={<IconUserOff size={16} aria-hidden />}
        disabled={isOffline}
        onClick={() => onAsk('disable')}
      >
        {t('account.disable')}
      </Menu.Item>
      {isOffline && <Menu.Label>{t('account.needsLine')}</Menu.Label>}
    </>
  );
}

/** Until when failed sign-ins have locked it; null when it is open. */
function useLockedUntil(account: ContactAccount | null): string | null {
  const now = useNow();
  const until = account?.lockedUntil ?? null;
  return until !== null && new Date(until) > now ? until : null;
}

function Standing({ account }: { account: ContactAccount }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const lockedUntil = useLockedUntil(account);
  const facts = [
    account.email,
    t(`account.${account.status}`),
    account.lastSignInAt && t('account.lastSignIn', { when: format.dateTime(account.lastSignInAt) }),
    account.twoFactor && t('account.twoFactor'),
    lockedUntil && t('account.locked', { time: format.time(lockedUntil) }),
  ].filter(Boolean);
  return (
    <>
      {facts.map((fact) => (
        <Menu.Label key={String(fact)}>{fact}</Menu.Label>
      ))}
    </>
  );
}
