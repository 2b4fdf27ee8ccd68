import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface AskFirstProps {
  opened: boolean;
  title: string;
  /** What it means, a paragraph each. */
  texts: readonly string[];
  confirm: string;
  /** How leaving it as it is is called; `Cancel` when not given. */
  keep?: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that can't be taken back; the focus is on leaving it as it is. */
export function AskFirst({ opened, title, texts, confirm, keep, busy, onConfirm, onClose }: AskFirstProps) {
  const { t } = useTranslation('common');
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="xs">
        {texts.map((text) => (
          <Text key={text} size="sm">
            {text}
          </Text>
        ))}
        <Group gap="xs" mt="xs">
          <Button color="red.9" loading={busy} onClick={onConfirm}>
            {confirm}
          </Button>
          <Button data-autofocus variant="default" onClick={onClose}>
            {keep ?? t('cancel')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
