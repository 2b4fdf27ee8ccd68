import {
  IconCircleCheckFilled,
  IconCircleMinus,
  IconCircleXFilled,
  IconClockHour4,
  IconHourglassHigh,
  IconPlayerPauseFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalService } from '#core/contract/portal/services.ts';
import { Mark } from '../../components/Mark.tsx';
import { markOf, type ServiceMark as State } from './marks.ts';

/** The seed's four, each with a shape of its own, and the two besides. */
const marks: Record<State, readonly ['good' | 'warn' | 'bad' | 'idle', TablerIcon]> = {
  active: ['good', IconCircleCheckFilled],
  expiring: ['warn', IconClockHour4],
  suspended: ['bad', IconPlayerPauseFilled],
  expired: ['idle', IconCircleXFilled],
  cancelled: ['idle', IconCircleMinus],
  pending: ['idle', IconHourglassHigh],
};

export function ServiceMark({ service }: { service: Pick<PortalService, 'status' | 'expiringSoon'> }) {
  const { t } = useTranslation('services');
  const state = markOf(service);
  const [tone, icon] = marks[state];
  return (
    <Mark tone={tone} icon={icon}>
      {t(`status.${state}`)}
    </Mark>
  );
}
