import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { mainAct } from '../../../frame/use-route-focus.ts';
import choices from './choices.module.css';
import type { Choices } from './use-choices.ts';

interface ChoiceSearchProps {
  label: string;
  placeholder?: string;
  text: string;
  onText: (text: string) => void;
  list: Choices;
  /** Beside the field: another way to the same end. */
  end?: ReactNode;
}

/** The field that filters and drives a list of choices; it has the focus from the start. Esc empties it first. */
export function ChoiceSearch({ label, placeholder = label, text, onText, list, end }: ChoiceSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <div className={choices.search}>
      <TextInput
        ref={field}
        className={choices.field}
        size="md"
        variant="unstyled"
        leftSection={<IconSearch size={18} aria-hidden />}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        data-drives
        {...mainAct}
        onChange={(event) => onText(event.currentTarget.value)}
        {...list.fieldProps}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            onText('');
          }
          list.fieldProps.onKeyDown(event);
        }}
      />
      {end}
    </div>
  );
}
