import { CloseButton, Loader, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'label'> {
  /** Read out to screen readers; the placeholder shows what can be searched. */
  label: string;
  value: string;
  /** Called once typing has paused for `debounceMs`, and at once when the field is cleared. */
  onSearch: (text: string) => void;
  debounceMs?: number;
  /** The results of the last text are on their way. */
  loading?: boolean;
}

/** A search box that answers while people type, without asking at every key. */
export function SearchField({ label, value, onSearch, debounceMs = 180, loading = false, ...rest }: SearchFieldProps) {
  const { t } = useTranslation('common');
  const [text, setText] = useState(value);
  const search = useEffectEvent(onSearch);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => search(text), text === '' ? 0 : debounceMs);
    return () => clearTimeout(timer);
  }, [text, value, debounceMs]);
  return (
    <TextInput
      type="search"
      role="searchbox"
      autoComplete="off"
      spellCheck={false}
      {...rest}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        loading ? (
          <Loader size={14} aria-label={t('searching')} />
        ) : text ? (
          <CloseButton size="sm" aria-label={t('clear')} onClick={() => setText('')} />
        ) : null
      }
    />
  );
}
