import { Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceMobileOff,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconShieldCheck,
  IconUser,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskFirst } from '../../components/AskFirst.tsx';
import { ListRow } from '../../components/ListPanel.tsx';
import { ToneMark } from '../../components/ToneMark.tsx';
import { useFormat } from '../../format.tsx';
import { useUser } from '../../session.tsx';
import { StaffDialog } from './StaffDialog.tsx';
import classes from './staff.module.css';
import { type ManagedUser, useChangeStaff } from './use-staff.ts';

type Asked = 'disable' | 'resetTwoFactor';

/** One member of staff: what they may do, how they stand, and what an administrator may do about it. */
export function StaffRow({ person }: { person: ManagedUser }) {
  const { t } = useTranslation('staff');
  const { id: ownId } = useUser();
  const [editing, setEditing] = useState(false);
  const [asked, setAsked] = useState<Asked>('disable');
  const [asking, setAsking] = useState(false);
  const change = useChangeStaff(() => setAsking(false));
  const { id, name, email, enabled, store, twoFactor } = person;
  const isOneself = id === ownId;
  const ask = (what: Asked) => {
    setAsked(what);
    setAsking(true);
  };
  const roles = person.roles.map((role) => t(`role.${role}.name`)).join(', ');
  return (
    <div>
      <ListRow
        mark={<IconUser size={20} stroke={1.6} aria-hidden />}
        title={
          <>
            <bdi>{name}</bdi> {isOneself && <span className={classes.quiet}>({t('list.you')})</span>}
          </>
        }
        detail={<span className={classes.wraps}>{[roles, store?.name ?? t('list.allStores'), email].join(' · ')}</span>}
      >
        <Standing person={person} />
        <Menu position="bottom-end" width={280}>
          <Menu.Target>
            <Button variant="default" size="compact-md" rightSection={<IconChevronDown size={15} aria-hidden />}>
              {t('act.menu')}
              <span className="visually-hidden">: {name}</span>
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
              {t('act.edit')}
            </Menu.Item>
            {person.lockedUntil !== null && (
              <Menu.Item
                leftSection={<IconLockOpen size={16} aria-hidden />}
                onClick={() => change.mutate({ done: 'unlocked', name, input: { id, unlock: true } })}
              >
                {t('act.unlock')}
              </Menu.Item>
            )}
            {twoFactor && !isOneself && (
              <Menu.Item
                leftSection={<IconDeviceMobileOff size={16} aria-hidden />}
                onClick={() => ask('resetTwoFactor')}
              >
                {t('act.resetTwoFactor')}
              </Menu.Item>
            )}
            {!enabled && (
              <Menu.Item
                leftSection={<IconUserCheck size={16} aria-hidden />}
                onClick={() => change.mutate({ done: 'enabled', name, input: { id, enabled: true } })}
              >
                {t('act.enable')}
              </Menu.Item>
            )}
            {enabled && !isOneself && (
              <>
                <Menu.Divider />
                <Menu.Item
                  c="var(--c-bad)"
                  leftSection={<IconUserOff size={16} aria-hidden />}
                  onClick={() => ask('disable')}
                >
                  {t('act.disable')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </ListRow>
      <StaffDialog person={person} opened={editing} onClose={() => setEditing(false)} />
      <AskFirst
        opened={asking}
        title={t(`ask.${asked}.title`, { name })}
        texts={[t(`ask.${asked}.text`, { name })]}
        confirm={t(`ask.${asked}.confirm`)}
        busy={change.isPending}
        onConfirm={() =>
          asked === 'disable'
            ? change.mutate({ done: 'disabled', name, input: { id, enabled: false } })
            : change.mutate({ done: 'twoFactorReset', name, input: { id, resetTwoFactor: true } })
        }
        onClose={() => setAsking(false)}
      />
    </div>
  );
}

function Standing({ person }: { person: ManagedUser }) {
  const { t } = useTranslation('staff');
  const { time } = useFormat();
  const { lockedUntil } = person;
  return (
    <>
      {person.twoFactor && (
        <ToneMark tone="good" icon={IconShieldCheck}>
          {t('list.twoFactor')}
        </ToneMark>
      )}
      {person.mustEnrolTwoFactor && person.enabled && <ToneMark tone="warn">{t('list.mustEnrol')}</ToneMark>}
      {lockedUntil !== null && (
        <ToneMark tone="warn" icon={IconLock}>
          {t('list.locked', { time: time(lockedUntil) })}
        </ToneMark>
      )}
      {!person.enabled && (
        <ToneMark tone="idle" icon={IconUserOff}>
          {t('list.disabled')}
        </ToneMark>
      )}
    </>
  );
}
