import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWizard } from '../wizard.ts';
import type { DetailProps } from './DetailsStep.tsx';

const SAVE_AFTER_MS = 250;
const LONGEST = 100;

/** Purchase order or cost centre: saved in the draft while it is typed, and at once when the step is left. */
export function TextDetail({ field, isRequired, isFirst, change }: DetailProps) {
  const { t } = useTranslation('assignment');
  const { draft } = useWizard();
  const name = field === 'purchaseOrder' ? 'purchaseOrder' : 'costCentre';
  const [text, setText] = useState(draft[name]);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const save = useDebouncedCallback((value: string) => void change({ [name]: value }), {
    delay: SAVE_AFTER_MS,
    flushOnUnmount: true,
  });
  return (
    <TextInput
      ref={input}
      name={name}
      data-field={field}
      label={t(`details.${field}`)}
      placeholder={t(`details.${field}Example`)}
      required={isRequired}
      maxLength={LONGEST}
      dir="auto"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        save(event.currentTarget.value);
      }}
      onBlur={() => save.flush()}
      onKeyDown={(event) => {
        // Enter goes on and Ctrl+Enter orders: what was typed must be on its way before.
        if (event.key === 'Enter') save.flush();
      }}
    />
  );
}
