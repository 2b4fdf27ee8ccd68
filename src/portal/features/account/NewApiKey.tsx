import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import classes from './Rows.module.css';

/** A key that was just made: shown this once. */
export function NewApiKey({ value, onDone }: { value: string; onDone: () => void }) {
  const { t } = useTranslation('account');
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <Section title={t('api.made')}>
      <p ref={text} tabIndex={-1}>
        {t('api.madeText')}
      </p>
      <code className={classes.key} data-api-key>
        {value}
      </code>
      <div className={classes.buttons}>
        <CopyButton text={value} />
        <Button size="sm" onClick={onDone}>
          {t('api.done')}
        </Button>
      </div>
    </Section>
  );
}
