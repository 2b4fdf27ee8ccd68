import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconLoader2,
  IconPlugConnectedX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceState } from '#core/scan/schema.ts';
import classes from './StatusMark.module.css';

const marks: Record<DeviceState, readonly [tone: string, icon: TablerIcon]> = {
  ready: ['good', IconCircleCheckFilled],
  busy: ['busy', IconLoader2],
  connecting: ['busy', IconLoader2],
  available: ['idle', IconCircleDashed],
  missing: ['bad', IconPlugConnectedX],
  failed: ['bad', IconAlertTriangleFilled],
  service_missing: ['warn', IconAlertTriangleFilled],
};

/** A device's state as colour, shape and word. */
export function DeviceMark({ state, look = 'plain' }: { state: DeviceState; look?: 'chip' | 'plain' }) {
  const { t } = useTranslation('devices');
  const [tone, Icon] = marks[state];
  return (
    <span className={classes.mark} data-tone={tone} data-look={look}>
      <Icon size={14} className={classes.icon} data-spins={Icon === IconLoader2} aria-hidden />
      <span className={classes.word}>{t(`state.${state}`)}</span>
    </span>
  );
}
