import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleMinus,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { InvoiceStatus } from '#core/domain/billing.ts';
import { Mark } from '../../components/Mark.tsx';

const marks: Record<InvoiceStatus, readonly ['good' | 'warn' | 'bad' | 'idle', TablerIcon]> = {
  paid: ['good', IconCircleCheckFilled],
  unpaid: ['warn', IconCircleDashed],
  overdue: ['bad', IconAlertTriangleFilled],
  void: ['idle', IconCircleMinus],
};

export function InvoiceMark({ status }: { status: InvoiceStatus }) {
  const { t } = useTranslation('billing');
  const [tone, icon] = marks[status];
  return (
    <Mark tone={tone} icon={icon}>
      {t(`status.${status}`)}
    </Mark>
  );
}
