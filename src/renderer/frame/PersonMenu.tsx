import { Menu, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFirstItem } from '../components/use-first-item.ts';
import { useUser } from '../session.tsx';
import classes from './StatusBar.module.css';
import { UnsentWork } from './UnsentWork.tsx';
import { useSignOut } from './use-sign-out.ts';

/** Who is signed in, in which roles; settings, keys and sign-out. */
export function PersonMenu() {
  const { t } = useTranslation('frame');
  const user = useUser();
  const [opened, setOpened] = useState(false);
  const dropdown = useFirstItem(opened);
  const [, navigate] = useLocation();
  const leaving = useSignOut();
  const roles = user.roles.map((role) => t(`roles.${role}`)).join(', ');
  return (
    <>
      <UnsentWork leaving={leaving} />
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
          <Menu.Item leftSection={<IconLogout size={16} />} disabled={leaving.isPending} onClick={leaving.ask}>
            {t('signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
