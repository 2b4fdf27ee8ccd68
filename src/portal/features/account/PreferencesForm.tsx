import { Button, Checkbox, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationPreferences } from '#core/domain/portal.ts';
import { api, portal } from '../../api.ts';
import { BarrierNote } from '../../components/BarrierNote.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Said } from '../../components/Said.tsx';
import { Section } from '../../components/Section.tsx';
import { formatPhone } from '../../phone.ts';
import { useChangeBarrier, useMe } from '../../session.tsx';
import classes from './PreferencesForm.module.css';

const frequencies = ['immediately', 'daily', 'weekly'] as const;
const categories = ['billing', 'usage', 'service'] as const;
const thresholds = [
  { type: 'data', label: 'notifications.data' },
  { type: 'voice', label: 'notifications.voice' },
  { type: 'sms', label: 'notifications.smsLeft' },
  { type: 'monetary', label: 'notifications.monetary' },
] as const;

/** The choices in one form, saved together. */
export function PreferencesForm({ preferences }: { preferences: NotificationPreferences }) {
  const { t } = useTranslation(['account', 'common']);
  const queryClient = useQueryClient();
  const barrier = useChangeBarrier();
  const note = useId();
  const [chosen, setChosen] = useState(preferences);
  const save = useMutation({
    mutationFn: () => api.account.notifications.change(chosen),
    onSuccess: (saved) => queryClient.setQueryData(portal.account.notifications.get.queryKey(), saved),
  });
  const change = (next: Partial<NotificationPreferences>) => {
    save.reset();
    setChosen({ ...chosen, ...next });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const parts = { chosen, change };
  return (
    <form onSubmit={submit}>
      <BarrierNote barrier={barrier} id={note} />
      <fieldset disabled={barrier !== null} className={classes.all}>
        <How {...parts} />
        <What {...parts} />
        <Thresholds {...parts} />
        {save.isError && <Problem error={save.error} onRetry={() => save.mutate()} />}
        <Said text={save.isSuccess ? t('account:notifications.saved') : null} />
        <Button type="submit" loading={save.isPending} aria-describedby={barrier === null ? undefined : note}>
          {t('common:save')}
        </Button>
      </fieldset>
    </form>
  );
}

interface PartProps {
  readonly chosen: NotificationPreferences;
  readonly change: (next: Partial<NotificationPreferences>) => void;
}

function How({ chosen, change }: PartProps) {
  const { t } = useTranslation('account');
  const { contact, customer } = useMe();
  const phone = contact === null ? customer.phone : contact.phone;
  return (
    <Section title={t('notifications.how')} intro={t('notifications.howText')}>
      <Radio.Group
        label={t('notifications.frequency')}
        name="frequency"
        value={chosen.frequency}
        onChange={(value) => change({ frequency: value as NotificationPreferences['frequency'] })}
      >
        <Stack gap="sm" mt="xs">
          {frequencies.map((value) => (
            <Radio key={value} value={value} label={t(`notifications.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        mt="lg"
        label={t('notifications.sms')}
        description={
          phone === null ? t('notifications.smsNoPhone') : t('notifications.smsText', { phone: formatPhone(phone) })
        }
        disabled={phone === null && !chosen.sms}
        checked={chosen.sms}
        onChange={({ currentTarget }) => change({ sms: currentTarget.checked })}
      />
    </Section>
  );
}

function What({ chosen, change }: PartProps) {
  const { t } = useTranslation('account');
  return (
    <Section title={t('notifications.what')}>
      <Stack gap="sm">
        {categories.map((category) => (
          <Checkbox
            key={category}
            label={t(`notifications.${category}`)}
            checked={chosen.categories[category]}
            onChange={({ currentTarget }) =>
              change({ categories: { ...chosen.categories, [category]: currentTarget.checked } })
            }
          />
        ))}
      </Stack>
    </Section>
  );
}

function Thresholds({ chosen, change }: PartProps) {
  const { t } = useTranslation('account');
  return (
    <Section title={t('notifications.thresholds')} intro={t('notifications.thresholdsText')}>
      <div className={classes.thresholds}>
        {thresholds.map(({ type, label }) => (
          <TextInput
            key={type}
            label={t(label)}
            type="number"
            inputMode="numeric"
            min={1}
            max={90}
            step={1}
            required
            withAsterisk={false}
            rightSection={<span aria-hidden="true">%</span>}
            value={Number.isNaN(chosen.thresholds[type]) ? '' : chosen.thresholds[type]}
            onChange={({ currentTarget }) =>
              change({ thresholds: { ...chosen.thresholds, [type]: currentTarget.valueAsNumber } })
            }
          />
        ))}
      </div>
    </Section>
  );
}
