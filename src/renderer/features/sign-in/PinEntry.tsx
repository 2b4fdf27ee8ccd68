import { Button, Text } from '@mantine/core';
import { IconBackspace } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PIN_TRIES } from '#core/domain/pin.ts';
import { createPlainFormat } from '#core/format/plain.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { deskQuery } from '../../desk.ts';
import { codeOf } from '../../errors.ts';
import { play } from '../../sound.ts';
import classes from './pin.module.css';
import { type KnownStaff, PIN_LEAST, PIN_MOST, pinAfterKey } from './pin-state.ts';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface PinEntryProps {
  one: KnownStaff;
  onBack: () => void;
}

/** One person's PIN, by keyboard from anywhere on the screen or by touch; what was typed is never shown. */
export function PinEntry({ one, onBack }: PinEntryProps) {
  const { t, i18n } = useTranslation('frame');
  const client = useQueryClient();
  const [pin, setPin] = useState('');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const unlock = useMutation(
    deskQuery.staff.unlock.mutationOptions({
      onSuccess: (user) => client.setQueryData(deskQuery.session.get.queryKey(), user),
      onError: () => {
        play('refused');
        setPin('');
        void client.invalidateQueries({ queryKey: deskQuery.staff.known.key() });
      },
    }),
  );
  // Said in one line: the keys must stay where the fingers are.
  const isWrong = unlock.error !== null && codeOf(unlock.error) === 'pin_wrong' && pin === '';
  const submit = () => {
    if (pin.length >= PIN_LEAST && !unlock.isPending) unlock.mutate({ userId: one.user.id, pin });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return onBack();
    // Enter on a button presses it; anywhere else it unlocks.
    if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) return submit();
    const next = pinAfterKey(pin, event.key);
    if (next === null) return;
    event.preventDefault();
    setPin(next);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  const press = (key: string) => setPin((before) => pinAfterKey(before, key) ?? before);
  return (
    <section aria-labelledby="pin-of">
      <h2 ref={title} id="pin-of" tabIndex={-1} className={classes.title} dir="auto">
        {t('signIn.pinOf', { name: one.user.name })}
      </h2>
      {isWrong ? (
        <Text size="sm" c="var(--c-bad)" fw={600} role="alert">
          {`${t('signIn.pinWrong')} ${t('signIn.tries', { count: one.triesLeft })}`}
        </Text>
      ) : (
        <Text size="sm" c="dimmed">
          {one.triesLeft < PIN_TRIES
            ? t('signIn.tries', { count: one.triesLeft })
            : t('signIn.until', { until: createPlainFormat(i18n.language).dateTime(one.usableUntil) })}
        </Text>
      )}
      <div className={classes.dots} role="status" aria-label={t('signIn.pinTyped', { count: pin.length })}>
        {Array.from({ length: Math.max(PIN_LEAST, pin.length) }, (_, index) => `dot-${index}`).map((dot, index) => (
          <span key={dot} className={classes.dot} data-filled={index < pin.length || undefined} />
        ))}
      </div>
      {unlock.error && !isWrong && <ErrorNotice error={unlock.error} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a group of keys, not of fields */}
      <div className={classes.keypad} role="group" aria-label={t('signIn.keypad')}>
        {digits.map((digit) => (
          <Key key={digit} digit={digit} onPress={press} disabled={pin.length >= PIN_MOST} />
        ))}
        <button type="button" className={classes.key} onClick={onBack} data-quiet>
          {t('signIn.someoneElse')}
        </button>
        <Key digit="0" onPress={press} disabled={pin.length >= PIN_MOST} />
        <button
          type="button"
          className={classes.key}
          aria-label={t('signIn.deleteDigit')}
          onClick={() => press('Backspace')}
          data-quiet
        >
          <IconBackspace size={22} stroke={1.6} aria-hidden />
        </button>
      </div>
      <Button size="md" fullWidth mt="md" disabled={pin.length < PIN_LEAST} loading={unlock.isPending} onClick={submit}>
        {t('signIn.unlock')}
      </Button>
      <Text size="xs" c="dimmed" ta="center" mt={8}>
        {t('signIn.pinHint')}
      </Text>
    </section>
  );
}

interface KeyProps {
  digit: string;
  disabled: boolean;
  onPress: (digit: string) => void;
}

function Key({ digit, disabled, onPress }: KeyProps) {
  return (
    <button type="button" className={classes.key} disabled={disabled} onClick={() => onPress(digit)}>
      {digit}
    </button>
  );
}
