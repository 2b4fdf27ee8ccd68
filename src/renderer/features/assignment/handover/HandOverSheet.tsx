import { Button, Group, Modal, Select, Stack, Switch, Text } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageSchema } from '#core/domain/common.ts';
import { type Language, languages } from '#core/domain/languages.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { deskQuery } from '../../../desk.ts';
import { languageNames } from '../../../i18n.ts';
import { useCan } from '../../../session.tsx';
import { useIsOffline } from '../../../work/use-work.ts';
import classes from './HandOver.module.css';
import { usePdf } from './use-pdf.ts';

interface HandOverSheetProps {
  /** A service that head office knows (with its order's receipt code), or a confirmed draft, whatever has become of it. */
  of: { serviceId: number; orderId?: number } | { draftId: string };
  /** The customer's. */
  language: Language;
  hasSim: boolean;
  onClose: () => void;
}

/** The sheet in the customer's language, on screen before it is on paper; the PUK only when asked for and permitted. */
export function HandOverSheet({ of, language, hasSim, onClose }: HandOverSheetProps) {
  const { t } = useTranslation('handover');
  const canSeeSecrets = useCan('view_secrets');
  const isOffline = useIsOffline();
  const [chosen, setChosen] = useState(language);
  const [withPuk, setWithPuk] = useState(false);
  const frame = useRef<HTMLIFrameElement>(null);
  const sheet = useQuery({
    ...deskQuery.documents.handOver.queryOptions({ input: { ...of, language: chosen, withPuk } }),
    staleTime: Number.POSITIVE_INFINITY,
    // A PUK is not kept in memory longer than the sheet is open.
    gcTime: 0,
  });
  const url = usePdf(sheet.data?.pdfBase64);
  const choices = languages.map((value) => ({ value, label: languageNames[value] }));
  return (
    <Modal opened onClose={onClose} size="xl" title={t('sheet.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack gap="sm">
        <Group align="flex-end" gap="md">
          <Select
            label={t('sheet.language')}
            data={choices}
            value={chosen}
            allowDeselect={false}
            onChange={(value) => value !== null && setChosen(languageSchema.parse(value))}
          />
          {hasSim && canSeeSecrets && (
            <Switch
              label={t('sheet.puk')}
              description={t(isOffline ? 'sheet.pukOffline' : 'sheet.pukText')}
              disabled={isOffline && !withPuk}
              checked={withPuk}
              onChange={(event) => setWithPuk(event.currentTarget.checked)}
            />
          )}
        </Group>
        {sheet.error !== null && <ErrorNotice error={sheet.error} onRetry={() => void sheet.refetch()} />}
        {sheet.isPending && <LoadingRows rows={5} label={t('sheet.making')} />}
        {url !== null && (
          <iframe
            ref={frame}
            src={`${url}#toolbar=0&navpanes=0`}
            title={t('sheet.preview')}
            className={classes.preview}
          />
        )}
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed">
            {sheet.data?.filename}
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              component="a"
              href={url ?? undefined}
              download={sheet.data?.filename}
              data-disabled={url === null || undefined}
              leftSection={<IconDownload size={17} aria-hidden />}
            >
              {t('sheet.save')}
            </Button>
            <Button
              data-autofocus
              disabled={url === null}
              leftSection={<IconPrinter size={17} aria-hidden />}
              onClick={() => frame.current?.contentWindow?.print()}
            >
              {t('sheet.print')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  );
}
