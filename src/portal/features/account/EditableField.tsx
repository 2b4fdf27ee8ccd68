import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Said } from '../../components/Said.tsx';
import type { Barrier } from '../../session.tsx';
import classes from './EditableField.module.css';

interface EditableFieldProps {
  readonly label: string;
  readonly value: ReactNode;
  /** Below the value: what is still to come of it. */
  readonly pending?: ReactNode;
  readonly barrier: Barrier;
  /** Id of the note that says why it can't be changed. */
  readonly note: string;
  /** The form; it calls `done` with what to say, or `cancel`. */
  readonly children: (close: { done(said: string): void; cancel(): void }) => ReactNode;
}

/** One thing of the account: shown, and with "Edit" in a form in its place. The focus goes into the form and comes back. */
export function EditableField({ label, value, pending, barrier, note, children }: EditableFieldProps) {
  const { t } = useTranslation('common');
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen) box.current?.querySelector<HTMLElement>('input:not([type="hidden"]), select')?.focus();
    else if (wasOpen.current) box.current?.querySelector('button')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const close = (text: string | null) => {
    setSaid(text);
    setOpen(false);
  };
  return (
    <div className={classes.field} ref={box}>
      <div className={classes.shown}>
        <div className={classes.words}>
          <p className={classes.label}>{label}</p>
          <div className={classes.value}>{value}</div>
        </div>
        {!isOpen && (
          <Button
            variant="default"
            size="sm"
            disabled={barrier !== null}
            aria-describedby={barrier === null ? undefined : note}
            aria-label={t('editField', { field: label })}
            onClick={() => {
              setSaid(null);
              setOpen(true);
            }}
          >
            {t('edit')}
          </Button>
        )}
      </div>
      {pending}
      <Said text={said} />
      {isOpen && children({ done: close, cancel: () => close(null) })}
    </div>
  );
}
