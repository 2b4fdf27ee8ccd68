import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../components/Problem.tsx';
import classes from './EditableField.module.css';

interface FieldFormProps {
  readonly text?: string;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly isReady?: boolean;
  /** Instead of "Save changes". */
  readonly verb?: string;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** The form of an editable field. Escape leaves it as it was. */
export function FieldForm(props: FieldFormProps) {
  const { text, error, isPending, isReady = true, verb, onSubmit, onCancel, children } = props;
  const { t } = useTranslation('common');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {error !== null && <Problem error={error} />}
      {children}
      <div className={classes.buttons}>
        <Button type="submit" size="sm" loading={isPending} disabled={!isReady}>
          {verb ?? t('save')}
        </Button>
        <Button variant="default" size="sm" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
