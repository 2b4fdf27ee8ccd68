import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from './clock.ts';
import { createFormat, type Format } from './formatters.ts';

export { useNow };

/** Money, numbers, dates and identifiers in the screen's language. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return useMemo(() => createFormat(i18n.language), [i18n.language]);
}

interface CountdownProps {
  /** UTC ISO instant. */
  until: string;
}

/** Time left as `4:31`, by central's clock; once it is over, the word for lapsed. */
export function Countdown({ until }: CountdownProps) {
  const { t } = useTranslation('common');
  const now = useNow(1000);
  const { countdown } = useFormat();
  const left = new Date(until).getTime() - now.getTime();
  return (
    <time dateTime={until} className="tabular">
      {left <= 0 ? t('lapsed') : countdown(left)}
    </time>
  );
}
