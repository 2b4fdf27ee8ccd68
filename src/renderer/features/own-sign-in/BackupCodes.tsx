import { Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './own-sign-in.module.css';

interface BackupCodesProps {
  codes: readonly string[];
  onDone: () => void;
}

/** Shown this once; printed alone, without the screen around them. */
export function BackupCodes({ codes, onDone }: BackupCodesProps) {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="sm">
      <div className={classes.printed}>
        <Title order={3} size="h4">
          {t('signIn.keep')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('signIn.keepText')}
        </Text>
        <ul className={classes.codes}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
      </div>
      <Group gap="xs">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
              {t(copied ? 'signIn.copied' : 'signIn.copy')}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('signIn.print')}
        </Button>
      </Group>
      <Button onClick={onDone}>{t('signIn.done')}</Button>
    </Stack>
  );
}
