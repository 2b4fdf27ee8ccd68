import { Text } from '@mantine/core';
import { IconBarcode, IconShieldCheckFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTemplateName } from '../../../components/use-template-name.ts';
import { useFormat } from '../../../format.tsx';
import { useScanTarget } from '../../../scan/scan-router.tsx';
import { readableIdentifier } from '../parts/identifiers.ts';
import classes from './HandOver.module.css';
import { StopScreen } from './StopScreen.tsx';
import { type HandedItem, judgeHandOver } from './verification.ts';

interface VerifyItemsProps {
  items: readonly HandedItem[];
  /** Called once every one of them was scanned. */
  onVerified: () => void;
}

/** The thing that changes hands is scanned once more: it must be the one that was provisioned, else everything stops. */
export function VerifyItems({ items, onVerified }: VerifyItemsProps) {
  const { t } = useTranslation('handover');
  const templateName = useTemplateName();
  const format = useFormat();
  const [verified, setVerified] = useState<ReadonlySet<number>>(new Set());
  const [wrong, setWrong] = useState<string | null>(null);
  const isDone = items.every(({ id }) => verified.has(id));
  useScanTarget((scan, match) => {
    // Once all is checked, the next scan is the next customer's.
    if (isDone) return 'ignored';
    const verdict = judgeHandOver(scan, match, items);
    if (verdict.is === 'other') return 'ignored';
    setWrong(verdict.is === 'wrong' ? verdict.scanned : null);
    if (verdict.is === 'wrong') return 'refused';
    const right = new Set(verified).add(verdict.itemId);
    setVerified(right);
    if (items.every(({ id }) => right.has(id))) onVerified();
    return 'taken';
  });
  return (
    <section className={classes.verify} data-done={isDone || undefined} aria-label={t('verify.title')}>
      {items.map((item) => {
        const isRight = verified.has(item.id);
        const Icon = isRight ? IconShieldCheckFilled : IconBarcode;
        const name = templateName(item.template, item.templateName);
        return (
          <div key={item.id} className={classes.check} data-right={isRight || undefined} data-testid="verify">
            <Icon size={28} aria-hidden />
            <div role="status">
              <Text fw={600}>{t(isRight ? 'verify.right' : 'verify.ask', { name })}</Text>
              <Text size="sm" c="dimmed" className="tabular">
                {item.label} · {readableIdentifier(item.identifiers, format)}
              </Text>
            </div>
          </div>
        );
      })}
      {wrong !== null && <StopScreen scanned={wrong} expected={items} onClose={() => setWrong(null)} />}
    </section>
  );
}
