import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks before somebody leaves a draft that is not saved: by a link, by the browser's Back, or by closing the window. */
export function LeaveDraft({ isChanged }: { isChanged: boolean }) {
  const { t } = useTranslation('portalLook');
  const [wanted, setWanted] = useState<string | null>(null);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (!isChanged) return;
    const here = location.hash;
    const onHash = (event: HashChangeEvent) => {
      const next = new URL(event.newURL).hash;
      if (next === here || isLeaving.current) return;
      // The router hears of it later, and then finds the place as it was.
      event.stopImmediatePropagation();
      history.replaceState(history.state, '', here);
      setWanted(next);
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('hashchange', onHash, { capture: true });
    addEventListener('beforeunload', onUnload);
    return () => {
      removeEventListener('hashchange', onHash, { capture: true });
      removeEventListener('beforeunload', onUnload);
    };
  }, [isChanged]);
  const leave = () => {
    isLeaving.current = true;
    if (wanted !== null) location.replace(wanted);
  };
  return (
    <Modal opened={wanted !== null} onClose={() => setWanted(null)} title={t('leave.title')}>
      <Text size="sm">{t('leave.text')}</Text>
      <Group gap="xs" mt="md">
        <Button data-autofocus onClick={() => setWanted(null)}>
          {t('leave.stay')}
        </Button>
        <Button variant="default" onClick={leave}>
          {t('leave.go')}
        </Button>
      </Group>
    </Modal>
  );
}
