import { ActionIcon, Autocomplete, Button, NumberInput, Select, Switch, TextInput, Tooltip } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type DeviceSettings, type DeviceStatus, SerialPortSettings } from '#core/scan/schema.ts';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import classes from './devices.module.css';
import { useChangeDevices } from './use-change-devices.ts';

interface SerialPanelProps {
  settings: DeviceSettings;
  /** Ports that were found and are not used. */
  ports: readonly DeviceStatus[];
}

/** Readers and modems on serial ports: found by themselves, or named here by their path. */
export function SerialPanel({ settings, ports }: SerialPanelProps) {
  const { t } = useTranslation('devices');
  const change = useChangeDevices();
  const { serial } = settings;
  const setPorts = (next: readonly SerialPortSettings[]) =>
    change.mutate({ ...settings, serial: { ...serial, ports: [...next] } });
  return (
    <ListPanel
      title={t('serial.title')}
      actions={
        <Switch
          label={t('serial.auto')}
          checked={serial.autoDetect}
          onChange={(event) =>
            change.mutate({ ...settings, serial: { ...serial, autoDetect: event.currentTarget.checked } })
          }
        />
      }
    >
      {serial.ports.map((port) => (
        <ListRow
          key={port.path}
          title={port.name || port.path}
          detail={[port.path, t(`serial.role.${port.role}`), t('serial.baudOf', { baud: port.baudRate })].join(' · ')}
        >
          <Tooltip label={t('serial.remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('serial.removeOf', { path: port.path })}
              onClick={() => setPorts(serial.ports.filter(({ path }) => path !== port.path))}
            >
              <IconTrash size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </ListRow>
      ))}
      <AddPort
        taken={serial.ports.map(({ path }) => path)}
        found={ports.flatMap(({ path }) => (path === null ? [] : [path]))}
        busy={change.isPending}
        onAdd={(port) => setPorts([...serial.ports, port])}
      />
    </ListPanel>
  );
}

interface AddPortProps {
  taken: readonly string[];
  found: readonly string[];
  busy: boolean;
  onAdd: (port: SerialPortSettings) => void;
}

function AddPort({ taken, found, busy, onAdd }: AddPortProps) {
  const { t } = useTranslation('devices');
  const form = useForm({
    initialValues: { path: '', name: '', role: 'auto', baudRate: 9600 },
    validate: {
      path: (path) => {
        if (taken.includes(path.trim())) return t('serial.taken');
        return SerialPortSettings.shape.path.safeParse(path.trim()).success ? null : t('serial.pathMissing');
      },
    },
  });
  const submit = form.onSubmit((values) => {
    onAdd(SerialPortSettings.parse({ ...values, path: values.path.trim() }));
    form.reset();
  });
  return (
    <form onSubmit={submit} className={classes.settings} noValidate>
      <div className={`${classes.port} ${classes.wide}`}>
        <Autocomplete
          label={t('serial.path')}
          placeholder={t('serial.pathHint')}
          data={[...found]}
          {...form.getInputProps('path')}
        />
        <TextInput label={t('serial.name')} maxLength={80} {...form.getInputProps('name')} />
        <Select
          label={t('serial.kind')}
          allowDeselect={false}
          data={(['auto', 'reader', 'modem'] as const).map((value) => ({ value, label: t(`serial.role.${value}`) }))}
          {...form.getInputProps('role')}
        />
        <NumberInput
          label={t('serial.baud')}
          min={300}
          max={4_000_000}
          hideControls
          {...form.getInputProps('baudRate')}
        />
        <Button type="submit" variant="default" loading={busy} leftSection={<IconPlus size={15} aria-hidden />}>
          {t('serial.add')}
        </Button>
      </div>
    </form>
  );
}
