import { Button, Collapse, CopyButton, Group, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../errors.ts';
import classes from './ErrorNotice.module.css';

interface ErrorNoticeProps {
  /** Whatever a desk call threw. */
  error: unknown;
  /** Makes the one button "Try again", where trying again may help. */
  onRetry?: () => void;
  /** Another button in its place, where something else helps. */
  action?: ReactNode;
  /** Words in the place of the catalogue's, where the screen knows better. */
  title?: string;
  meaning?: string;
  advice?: string;
}

/** An error as staff need it: what happened, what it means, what to do, one button; the technical text one click below. */
export function ErrorNotice({ error, onRetry, action, ...own }: ErrorNoticeProps) {
  const { t, i18n } = useTranslation('errors');
  const words = { ...describeError(error, t, i18n.language), ...withoutGaps(own) };
  const button =
    action ??
    (onRetry && words.retryable ? (
      <Button variant="default" size="compact-md" onClick={onRetry}>
        {t('retry')}
      </Button>
    ) : null);
  return (
    <section className={classes.notice} role="alert">
      <IconAlertTriangle size={20} className={classes.icon} aria-hidden />
      <div className={classes.body}>
        <Text fw={600} size="sm">
          {words.title}
        </Text>
        <Text size="sm">{words.meaning}</Text>
        <Text size="sm">{words.advice}</Text>
        {button && <div className={classes.action}>{button}</div>}
        <Technical text={words.technical} number={words.number} />
      </div>
    </section>
  );
}

function withoutGaps<T extends object>(words: T): Partial<T> {
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined)) as Partial<T>;
}

interface TechnicalProps {
  text: string;
  number: string | null;
}

/** The raw text for the help desk, folded, with a copy button that takes its number along. */
export function Technical({ text, number }: TechnicalProps) {
  const { t } = useTranslation('errors');
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div>
      <UnstyledButton
        className={classes.more}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen((was) => !was)}
      >
        <IconChevronDown size={14} className={classes.chevron} data-open={open || undefined} aria-hidden />
        {t('technical')}
        {number && <span className="tabular">· {number}</span>}
      </UnstyledButton>
      <Collapse expanded={open} id={id} keepMounted={false}>
        <Group align="flex-start" gap="xs" wrap="nowrap" mt={6}>
          <pre className={classes.technical}>{text}</pre>
          <CopyButton value={number ? `${number}\n${text}` : text}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {copied ? t('copied') : t('copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Collapse>
    </div>
  );
}
