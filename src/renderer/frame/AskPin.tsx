import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deskQuery } from '../desk.ts';
import { PinDialog } from '../features/pin/PinDialog.tsx';
import { useOwnPin } from '../features/pin/use-own-pin.ts';
import { useNotify } from '../notify.tsx';
import { useUser } from '../session.tsx';

const asked = (userId: number) => `comptoir.asked-pin.${userId}`;
const NOTICE = 'ask-pin';

/**
 * After the first sign-in with a password on an enrolled desk: whoever has no PIN is asked once to set one. A notice, not
 * a dialogue: the customer at the counter goes first.
 */
export function AskPin() {
  const { t } = useTranslation('frame');
  const { id } = useUser();
  const notify = useNotify();
  const [opened, setOpened] = useState(false);
  const hasPin = useOwnPin();
  const { data: session } = useQuery(deskQuery.session.state.queryOptions());
  const asks = hasPin === false && session?.by === 'password' && !session.passwordNeeded;
  const ask = useEffectEvent(() => {
    if (localStorage.getItem(asked(id)) !== null) return;
    localStorage.setItem(asked(id), new Date().toISOString());
    notify.show({
      id: NOTICE,
      title: t('pin.ask'),
      text: t('pin.askText'),
      lasts: false,
      action: { label: t('pin.set'), run: () => setOpened(true) },
    });
  });
  useEffect(() => {
    if (asks) ask();
  }, [asks]);
  useEffect(() => () => void notifications.hide(NOTICE), []);
  return <PinDialog opened={opened} onClose={() => setOpened(false)} />;
}
