import { Menu, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFirstItem } from '../components/use-first-item.ts';
import { deskQuery } from '../desk.ts';
import { useNotify } from '../notify.tsx';
import { useUser } from '../session.tsx';
import classes from './StatusBar.module.css';

/** Who is signed in, in which roles; settings, keys and sign-out. */
export function PersonMenu() {
  const { t } = useTranslation('frame');
  const user = useUser();
  const [opened, setOpened] = useState(false);
  const dropdown = useFirstItem(opened);
  const notify = useNotify();
  const [, navigate] = useLocation();
  const signOut = useMutation(deskQuery.session.signOut.mutationOptions({ onError: notify.error }));
  const roles = user.roles.map((role) => t(`roles.${role}`)).join(', ');
  return (
    <Menu
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      opened={opened}
      onChange={setOpened}
      position="top-end"
      width={240}
    >
      <Menu.Target>
        <UnstyledButton className={`${classes.fact} ${classes.person}`}>
          <IconUserCircle size={16} aria-hidden />
          <span className={classes.clip}>
            <bdi>{user.name}</bdi> ({roles})
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown ref={dropdown}>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item leftSection={<IconSettings size={16} />} onClick={() => navigate('/settings')}>
          {t('rail.settings')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={16} />}
          onClick={() => setTimeout(() => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })))}
        >
          {t('keys.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate(undefined)}
        >
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
