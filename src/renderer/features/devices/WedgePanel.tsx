import { Checkbox, Group, NumberInput, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeviceSettings, WedgeSettings } from '#core/scan/schema.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import classes from './devices.module.css';
import { TryWedge } from './TryWedge.tsx';
import { useChangeDevices } from './use-change-devices.ts';

/** Scanners that act as a keyboard: how they are told from typing, and a place to try. */
export function WedgePanel({ settings }: { settings: DeviceSettings }) {
  const { t } = useTranslation('devices');
  const change = useChangeDevices();
  const [draft, setDraft] = useState(settings.wedge);
  // A value that the core refuses stays in its field, marked, and is not stored.
  const set = (part: Partial<WedgeSettings>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    const parsed = WedgeSettings.safeParse(next);
    if (parsed.success) change.mutate({ ...settings, wedge: parsed.data });
  };
  const toggle = (key: 'Enter' | 'Tab', on: boolean) =>
    set({ terminators: on ? [...draft.terminators, key] : draft.terminators.filter((one) => one !== key) });
  return (
    <ListPanel
      title={t('wedge.title')}
      actions={
        <Switch
          label={t('wedge.enabled')}
          checked={draft.enabled}
          onChange={(event) => set({ enabled: event.currentTarget.checked })}
        />
      }
    >
      <div className={classes.settings}>
        <TextInput
          label={t('wedge.prefix')}
          description={t('wedge.prefixHint')}
          maxLength={8}
          value={draft.prefix}
          onChange={(event) => set({ prefix: event.currentTarget.value })}
        />
        <NumberInput
          label={t('wedge.speed')}
          description={t('wedge.speedHint')}
          min={5}
          max={200}
          clampBehavior="strict"
          value={draft.thresholdMs}
          onChange={(value) => typeof value === 'number' && set({ thresholdMs: value })}
        />
        <NumberInput
          label={t('wedge.length')}
          description={t('wedge.lengthHint')}
          min={1}
          max={64}
          clampBehavior="strict"
          value={draft.minLength}
          onChange={(value) => typeof value === 'number' && set({ minLength: value })}
        />
        <Checkbox.Group
          label={t('wedge.ends')}
          error={draft.terminators.length === 0 ? t('wedge.endsMissing') : undefined}
          value={draft.terminators}
        >
          <Group gap="md" mt={8}>
            {(['Enter', 'Tab'] as const).map((key) => (
              <Checkbox
                key={key}
                value={key}
                label={key}
                onChange={(event) => toggle(key, event.currentTarget.checked)}
              />
            ))}
          </Group>
        </Checkbox.Group>
        <TryWedge />
      </div>
    </ListPanel>
  );
}
