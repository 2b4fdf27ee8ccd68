import { Button, SegmentedControl, Select, Slider, Switch, Tabs } from '@mantine/core';
import { IconPlayerPlay, IconScan } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'wouter';
import type { DeskSettings } from '#core/contract/desk/events.ts';
import { languageSchema } from '#core/domain/common.ts';
import { hasPermission } from '#core/domain/granted.ts';
import { languages } from '#core/domain/languages.ts';
import type { Permission } from '#core/domain/user.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { ListPanel } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { deskQuery } from '../../desk.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { languageNames } from '../../i18n.ts';
import { useNotify } from '../../notify.tsx';
import { useUser } from '../../session.tsx';
import { play, type SoundName, setSound } from '../../sound.ts';
import { DesksPanel } from '../desks/DesksPanel.tsx';
import { JournalPanel } from '../desks/JournalPanel.tsx';
import { ThisDesk } from '../desks/ThisDesk.tsx';
import { OwnSignInPanel } from '../own-sign-in/OwnSignInPanel.tsx';
import { LookPanel } from '../portal-look/LookPanel.tsx';
import { StaffPanel } from '../staff/StaffPanel.tsx';
import { AboutPanel } from './AboutPanel.tsx';
import { Row } from './Row.tsx';
import classes from './settings.module.css';

const sections = [
  { name: 'general', needs: undefined },
  { name: 'sign-in', needs: undefined },
  { name: 'desk', needs: undefined },
  { name: 'desks', needs: 'manage_desks' },
  { name: 'staff', needs: 'manage_users' },
  { name: 'journal', needs: 'view_audit' },
  { name: 'portal', needs: 'manage_portal' },
] as const satisfies readonly { name: string; needs: Permission | undefined }[];
type Section = (typeof sections)[number]['name'];

const contents: Record<Section, () => ReactNode> = {
  general: General,
  'sign-in': OwnSignInPanel,
  desk: ThisDesk,
  desks: DesksPanel,
  staff: StaffPanel,
  journal: JournalPanel,
  portal: LookPanel,
};

/** `/settings/:section?`: how this desk looks and sounds; how it stands with head office; the store's desks; staff; the journal. */
export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { t: tDesks } = useTranslation('desks');
  const { permissions } = useUser();
  const [, navigate] = useLocation();
  const asked = useParams<{ section?: string }>().section;
  const allowed = sections.filter(({ needs }) => needs === undefined || hasPermission(permissions, needs));
  const current = allowed.find(({ name }) => name === asked)?.name ?? 'general';
  const Content = contents[current];
  return (
    <div className={classes.page} data-wide={current === 'journal' || current === 'portal' || undefined}>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Tabs
        value={current}
        onChange={(name) => navigate(name === 'general' ? '/settings' : `/settings/${name}`, { replace: true })}
      >
        <Tabs.List>
          {allowed.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {tDesks(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={current} pt="lg">
          <div className={classes.section}>
            <Content />
          </div>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** Every change counts at once, for every window of the desk. */
function General() {
  const settings = useQuery(deskQuery.system.settings.queryOptions());
  return (
    <>
      {settings.error && <ErrorNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.isPending && <LoadingRows rows={5} />}
      {settings.data && <Panels settings={settings.data} />}
    </>
  );
}

function Panels({ settings }: { settings: DeskSettings }) {
  const { t } = useTranslation('settings');
  const notify = useNotify();
  const change = useMutation(
    deskQuery.system.changeSettings.mutationOptions({
      onSuccess: (changed, _input, _result, { client }) =>
        client.setQueryData(deskQuery.system.settings.queryKey(), changed),
      onError: notify.error,
    }),
  );
  const set = (part: Partial<DeskSettings>) => change.mutate(part);
  return (
    <>
      <ListPanel title={t('look.title')}>
        <Row label={t('look.language')} hint={t('look.languageHint')}>
          <Select
            {...mainAct}
            aria-label={t('look.language')}
            w={220}
            allowDeselect={false}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            value={settings.language}
            onChange={(value) => set({ language: languageSchema.parse(value) })}
          />
        </Row>
        <Row label={t('look.scheme')}>
          <SegmentedControl
            aria-label={t('look.scheme')}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`look.${value}`) }))}
            value={settings.colourScheme}
            onChange={(value) => set({ colourScheme: value })}
          />
        </Row>
      </ListPanel>
      <SoundPanel sound={settings.sound} onChange={(sound) => set({ sound })} />
      <ListPanel title={t('devices.title')}>
        <Row label={t('devices.label')} hint={t('devices.hint')}>
          <Button component={Link} href="/devices" variant="default" leftSection={<IconScan size={16} aria-hidden />}>
            {t('devices.open')}
          </Button>
        </Row>
      </ListPanel>
      <AboutPanel />
    </>
  );
}

const soundNames: readonly SoundName[] = ['accepted', 'refused', 'finished', 'failed'];

interface SoundPanelProps {
  sound: DeskSettings['sound'];
  onChange: (sound: DeskSettings['sound']) => void;
}

function SoundPanel({ sound, onChange }: SoundPanelProps) {
  const { t } = useTranslation('settings');
  const apply = (next: DeskSettings['sound']) => {
    setSound(next);
    onChange(next);
  };
  return (
    <ListPanel title={t('sound.title')}>
      <Row label={t('sound.on')} hint={t('sound.hint')}>
        <Switch
          aria-label={t('sound.on')}
          size="md"
          checked={!sound.muted}
          onChange={(event) => apply({ ...sound, muted: !event.currentTarget.checked })}
        />
      </Row>
      <Row label={t('sound.volume')}>
        <Slider
          w={220}
          thumbLabel={t('sound.volume')}
          label={(value) => `${value} %`}
          disabled={sound.muted}
          defaultValue={Math.round(sound.volume * 100)}
          onChange={(value) => setSound({ ...sound, volume: value / 100 })}
          onChangeEnd={(value) => {
            apply({ ...sound, volume: value / 100 });
            play('accepted');
          }}
        />
      </Row>
      <Row label={t('sound.try')}>
        <div className={classes.sounds}>
          {soundNames.map((name) => (
            <Button
              key={name}
              variant="default"
              size="compact-md"
              disabled={sound.muted}
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              onClick={() => play(name)}
            >
              {t(`sound.${name}`)}
            </Button>
          ))}
        </div>
      </Row>
    </ListPanel>
  );
}
