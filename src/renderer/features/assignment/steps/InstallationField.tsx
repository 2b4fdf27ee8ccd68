import { DateInput } from '@mantine/dates';
import 'dayjs/locale/es';
import 'dayjs/locale/fr';
import 'dayjs/locale/pt';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../format.tsx';
import { useWizard } from '../wizard.ts';
import type { DetailProps } from './DetailsStep.tsx';
import { labelFirst } from './label-first.ts';

const MINUTE_MS = 60_000;

/** The day as people here count it, not as UTC does. */
function dayOf(date: Date): string {
  return date.toLocaleDateString('sv-SE');
}

/** The day the technician comes; never one that is over (PA-26). */
export function InstallationField({ field, isRequired, isFirst, change }: DetailProps) {
  const { t, i18n } = useTranslation('assignment');
  const { draft } = useWizard();
  const today = dayOf(useNow(MINUTE_MS));
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <DateInput
      ref={input}
      data-field={field}
      label={t('details.installationDate')}
      description={t('details.installationDateHint')}
      placeholder={t('details.installationDateExample')}
      required={isRequired}
      clearable
      inputWrapperOrder={labelFirst}
      locale={i18n.language}
      valueFormat="DD/MM/YYYY"
      minDate={today}
      value={draft.installationDate}
      onChange={(value) => void change({ installationDate: value })}
    />
  );
}
