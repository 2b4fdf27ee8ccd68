import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../components/Kbd.tsx';
import { useShortcut } from '../shortcuts.tsx';
import classes from './KeyboardMap.module.css';

const keys = [
  ['Ctrl+K', 'search'],
  ['F2', 'newAssignment'],
  ['F3', 'customers'],
  ['F4', 'inventory'],
  ['F6', 'nextDraft'],
  ['Ctrl+Enter', 'confirm'],
  ['Escape', 'back'],
  ['?', 'map'],
  ['F6', 'portalFocus'],
  ['Ctrl+Shift+E', 'portalEnd'],
] as const;

/** The keys that work everywhere, on `?`. */
export function KeyboardMap() {
  const { t } = useTranslation('frame');
  const [opened, setOpened] = useState(false);
  useShortcut('?', () => setOpened((was) => !was));
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('keys.title')} size="md">
      <dl className={classes.keys}>
        {keys.map(([combination, act]) => (
          <div key={act} className={classes.row}>
            <dt>{t(`keys.${act}`)}</dt>
            <dd>
              <Kbd keys={combination} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>{t('keys.scan')}</p>
    </Modal>
  );
}
