import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconLoader2,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Tone } from '../work/facts.ts';
import classes from './StatusMark.module.css';

const shapes: Record<Tone, TablerIcon> = {
  good: IconCircleCheckFilled,
  warn: IconAlertTriangleFilled,
  bad: IconCircleXFilled,
  busy: IconLoader2,
  idle: IconCircleDashed,
};

interface ToneMarkProps {
  tone: Tone;
  /** Another shape than the tone's own; words beside it are needed all the same. */
  icon?: TablerIcon;
  look?: 'chip' | 'plain';
  children: ReactNode;
}

/** Words with the colour and the shape of what they mean. */
export function ToneMark({ tone, icon: Icon = shapes[tone], look = 'plain', children }: ToneMarkProps) {
  return (
    <span className={classes.mark} data-tone={tone} data-look={look}>
      <Icon size={14} className={classes.icon} data-spins={Icon === IconLoader2} aria-hidden />
      <span className={classes.word}>{children}</span>
    </span>
  );
}
