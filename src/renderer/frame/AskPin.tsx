import { Button, Group, Text } from '@mantine/core';
import { IconPassword } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneMark } from '../components/ToneMark.tsx';
import { deskQuery } from '../desk.ts';
import { PinDialog } from '../features/pin/PinDialog.tsx';
import { useOwnPin } from '../features/pin/use-own-pin.ts';
import { useUser } from '../session.tsx';
import { StatusFact } from './StatusFact.tsx';

const skipped = (userId: number) => `comptoir.skipped-pin.${userId}`;

/**
 * After the first sign-in with a password on an enrolled desk, whoever has no PIN is asked to set one. In the status bar,
 * not over the work: the customer at the counter goes first. Skipped, it is not asked again; Settings still has it.
 */
export function AskPin() {
  const { t } = useTranslation('frame');
  const { id } = useUser();
  const [opened, setOpened] = useState(false);
  const [isSkipped, setSkipped] = useState(() => localStorage.getItem(skipped(id)) !== null);
  const hasPin = useOwnPin();
  const { data: session } = useQuery(deskQuery.session.state.queryOptions());
  const asks = hasPin === false && !isSkipped && session?.by === 'password' && !session.passwordNeeded;
  const skip = () => {
    localStorage.setItem(skipped(id), new Date().toISOString());
    setSkipped(true);
  };
  return (
    <>
      {asks && (
        <StatusFact
          mark={
            <ToneMark tone="busy" icon={IconPassword}>
              {t('pin.set')}
            </ToneMark>
          }
        >
          {(close) => (
            <>
              <Text size="sm" fw={600}>
                {t('pin.ask')}
              </Text>
              <Text size="sm">{t('pin.askText')}</Text>
              <Group gap="xs" mt={4}>
                <Button
                  size="compact-md"
                  onClick={() => {
                    close();
                    setOpened(true);
                  }}
                >
                  {t('pin.set')}
                </Button>
                <Button size="compact-md" variant="default" onClick={skip}>
                  {t('pin.never')}
                </Button>
              </Group>
            </>
          )}
        </StatusFact>
      )}
      <PinDialog opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}
