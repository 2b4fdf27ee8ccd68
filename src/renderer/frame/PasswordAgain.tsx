import { Button, Modal, Text, UnstyledButton } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneMark } from '../components/ToneMark.tsx';
import { deskQuery } from '../desk.ts';
import { SignInForm } from '../features/sign-in/SignInForm.tsx';
import { useUser } from '../session.tsx';
import { useLink } from '../work/use-work.ts';
import classes from './StatusBar.module.css';

/**
 * Who unlocked by PIN is asked for the password once the line is back; put off, a mark in the status bar keeps asking.
 * What is saved goes up in any case.
 */
export function PasswordAgain() {
  const { t } = useTranslation('frame');
  const user = useUser();
  const { data: session } = useQuery(deskQuery.session.state.queryOptions());
  const isOnline = useLink()?.state === 'online';
  const needed = session?.passwordNeeded === true && isOnline;
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(needed), [needed]);
  if (!needed) return null;
  return (
    <>
      <UnstyledButton className={classes.fact} onClick={() => setOpened(true)}>
        <ToneMark tone="warn" icon={IconKey}>
          {t('again.needed')}
        </ToneMark>
      </UnstyledButton>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('again.title')}>
        <Text size="sm" mb="md">
          {t('again.text')}
        </Text>
        <SignInForm email={user.email} onDone={() => setOpened(false)} />
        <Button variant="subtle" color="gray" fullWidth mt="xs" onClick={() => setOpened(false)}>
          {t('again.later')}
        </Button>
      </Modal>
    </>
  );
}
