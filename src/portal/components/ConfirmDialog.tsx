import { Button, Title } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { useEffect, useId, useRef } from 'react';
import classes from './ConfirmDialog.module.css';
import { Problem } from './Problem.tsx';

interface ConfirmDialogProps {
  /** The question. */
  readonly title: string;
  /** What follows from a yes. */
  readonly text: string;
  /** The yes and the no, each saying what it does. */
  readonly confirm: string;
  readonly cancel: string;
  /** The change itself: while it runs the dialogue stays, and its error shows here. */
  readonly act: Pick<UseMutationResult, 'isPending' | 'error'>;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once more before something is changed. The browser's own dialogue keeps the focus inside and Escape closes it. */
export function ConfirmDialog({ title, text, confirm, cancel, act, onConfirm, onClose }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={onClose}
    >
      <Title order={2} id={`${id}-title`}>
        {title}
      </Title>
      <p id={`${id}-text`} className={classes.text}>
        {text}
      </p>
      {act.error !== null && <Problem error={act.error} />}
      <div className={classes.acts}>
        <Button variant="default" disabled={act.isPending} onClick={() => dialog.current?.close()}>
          {cancel}
        </Button>
        <Button loading={act.isPending} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
