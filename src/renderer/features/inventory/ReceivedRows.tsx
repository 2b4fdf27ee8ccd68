import { Anchor, Button, Loader, Paper, Text } from '@mantine/core';
import { IconAlertTriangleFilled, IconCircleCheckFilled, IconInfoCircleFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { describeError } from '../../errors.ts';
import { useFormat } from '../../format.tsx';
import { identifierText, mainIdentifier } from './identifier-text.ts';
import classes from './received.module.css';
import type { ReceivedRow } from './use-receive.ts';

interface ReceivedRowsProps {
  rows: readonly ReceivedRow[];
  onRetry: (text: string) => void;
}

/** What was scanned, newest first, and what became of each. */
export function ReceivedRows({ rows, onRetry }: ReceivedRowsProps) {
  return (
    <Paper component="ol" className={classes.list}>
      {rows.map((row) => (
        <li key={row.key} className={classes.row}>
          <Mark state={row.state} />
          <span className={classes.words}>
            <Title row={row} />
            <Outcome row={row} />
          </span>
          <Way row={row} onRetry={onRetry} />
        </li>
      ))}
    </Paper>
  );
}

function Mark({ state }: { state: ReceivedRow['state'] }) {
  if (state === 'saving') return <Loader size={16} aria-hidden />;
  if (state === 'received') return <IconCircleCheckFilled size={18} className={classes.good} aria-hidden />;
  if (state === 'known') return <IconInfoCircleFilled size={18} className={classes.quiet} aria-hidden />;
  return <IconAlertTriangleFilled size={18} className={classes.bad} aria-hidden />;
}

function Title({ row }: { row: ReceivedRow }) {
  const format = useFormat();
  const main = row.item && mainIdentifier(row.item.identifiers);
  return (
    <Text span size="sm" fw={550} className="clip tabular">
      {main ? `${row.item?.label} · ${identifierText(format, main.kind, main.value)}` : row.text}
    </Text>
  );
}

function Outcome({ row }: { row: ReceivedRow }) {
  const { t, i18n } = useTranslation('inventory');
  const { t: errors } = useTranslation('errors');
  const words =
    row.state === 'refused' && row.error !== null
      ? describeError(row.error, errors, i18n.language).title
      : row.state === 'refused'
        ? t(`receive.refused.${row.reason}`)
        : t(`receive.state.${row.state}`);
  return (
    <Text span size="sm" c="dimmed">
      {words}
    </Text>
  );
}

function Way({ row, onRetry }: { row: ReceivedRow; onRetry: (text: string) => void }) {
  const { t } = useTranslation('inventory');
  if (row.item) {
    return (
      <Anchor component={Link} href={`/inventory/items/${row.item.id}`} size="sm">
        {t('receive.open')}
      </Anchor>
    );
  }
  if (row.state !== 'refused') return null;
  return (
    <Button size="compact-sm" variant="default" onClick={() => onRetry(row.text)}>
      {t('receive.retry')}
    </Button>
  );
}
