import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../errors.ts';
import classes from './Problem.module.css';

interface ProblemProps {
  readonly error: unknown;
  /** Offered where another try may help. */
  readonly onRetry?: () => void;
  /** Alone on the screen. */
  readonly isWhole?: boolean;
}

/** An error in words: what happened, what to do, and the number to quote. */
export function Problem({ error, onRetry, isWhole = false }: ProblemProps) {
  const { t, i18n } = useTranslation(['common', 'errors']);
  const words = describeError(error, i18n.getFixedT(null, 'errors'), i18n.language);
  return (
    <div role="alert" className={classes.problem} data-whole={isWhole || undefined} data-code={words.code}>
      <IconAlertTriangle size={22} aria-hidden className={classes.mark} />
      <div>
        <p className={classes.title}>{words.title}</p>
        <p>{words.advice}</p>
        {words.number !== null && <p className={classes.number}>{t('reference', { number: words.number })}</p>}
        {onRetry && words.retryable && (
          <Button variant="default" size="sm" mt="sm" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        )}
      </div>
    </div>
  );
}
