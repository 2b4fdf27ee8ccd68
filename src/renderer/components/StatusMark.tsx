import {
  IconAlertTriangleFilled,
  IconArchive,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleXFilled,
  IconClockHour4,
  IconLoader2,
  IconLock,
  IconPlayerPauseFilled,
  IconPlayerSkipForward,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './StatusMark.module.css';
import type {
  CustomerStatus,
  ItemStatus,
  JobStatus,
  LinkStatus,
  OrderStatus,
  ServiceMark,
  TaskStatus,
} from './status-types.ts';

/** Tones, not colours: what a state means for the person who looks. */
type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'idle';
type Mark = readonly [Tone, TablerIcon];

const done: Mark = ['good', IconCircleCheckFilled];
const failed: Mark = ['bad', IconCircleXFilled];
const waiting: Mark = ['idle', IconCircleDashed];
const running: Mark = ['busy', IconLoader2];
const stopped: Mark = ['idle', IconCircleMinus];
const free: Mark = ['idle', IconCircle];
const paused: Mark = ['warn', IconPlayerPauseFilled];

const customer: Record<CustomerStatus, Mark> = {
  open: done,
  suspended: paused,
  closed: ['bad', IconLock],
  archived: ['idle', IconArchive],
};
const service: Record<ServiceMark, Mark> = {
  pending: ['busy', IconClockHour4],
  active: done,
  expiring: ['warn', IconClockHour4],
  suspended: paused,
  expired: ['bad', IconClockHour4],
  cancelled: stopped,
};
const item: Record<ItemStatus, Mark> = {
  new: free,
  in_stock: free,
  reserved: ['busy', IconClockHour4],
  assigned: done,
  sold: done,
  faulty: ['bad', IconAlertTriangleFilled],
  retired: ['idle', IconArchive],
};
const order: Record<OrderStatus, Mark> = {
  accepted: waiting,
  provisioning: running,
  active: done,
  failed,
  cancelled: stopped,
};
const job: Record<JobStatus, Mark> = { queued: waiting, running, succeeded: done, failed, cancelled: stopped };
const task: Record<TaskStatus, Mark> = {
  pending: waiting,
  running,
  succeeded: done,
  failed,
  failed_ignored: ['warn', IconAlertTriangleFilled],
  skipped: ['idle', IconPlayerSkipForward],
};
const link: Record<LinkStatus, Mark> = {
  online: done,
  connecting: running,
  offline: ['bad', IconAlertTriangleFilled],
};

const kinds = { customer, service, item, order, job, task, link };

export type StatusKind = keyof typeof kinds;
export type StatusOf<K extends StatusKind> = keyof (typeof kinds)[K] & string;

interface StatusMarkProps<K extends StatusKind> {
  kind: K;
  status: StatusOf<K>;
  /** `plain` has no background, for tables and lists; `shape` shows the shape alone, the word is read out. */
  look?: 'chip' | 'plain' | 'shape';
}

/** A state as colour, shape and word together; never colour alone. */
export function StatusMark<K extends StatusKind>({ kind, status, look = 'chip' }: StatusMarkProps<K>) {
  const { t } = useTranslation('common');
  const marks: Record<string, Mark> = kinds[kind];
  const [tone, Icon] = marks[status] ?? free;
  const key: string = `status.${kind}.${status}`;
  const word = t(key);
  return (
    <span className={classes.mark} data-tone={tone} data-look={look} title={look === 'shape' ? word : undefined}>
      <Icon size={look === 'shape' ? 18 : 14} className={classes.icon} data-spins={Icon === IconLoader2} aria-hidden />
      <span className={look === 'shape' ? 'visually-hidden' : classes.word}>{word}</span>
    </span>
  );
}
