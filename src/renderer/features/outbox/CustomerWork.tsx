import { useTranslation } from 'react-i18next';
import { ListPanel } from '../../components/ListPanel.tsx';
import { useOpenWork } from '../../work/use-work.ts';
import { OutboxRow } from './OutboxRow.tsx';
import classes from './outbox.module.css';

/** On a customer's page: what of theirs head office does not have yet, the refused with what can be done. */
export function CustomerWork({ customerId }: { customerId: number }) {
  const { t } = useTranslation('work');
  const { refused, waiting } = useOpenWork(customerId);
  const entries = [...refused, ...waiting.toReversed()];
  if (entries.length === 0) return null;
  return (
    <div className={classes.ofCustomer}>
      <ListPanel title={t('customer.title')} count={entries.length}>
        {entries.map((entry) => (
          <OutboxRow
            key={entry.id}
            entry={entry}
            blocker={refused.find(({ id }) => id === entry.blockedBy)}
            hideCustomer
          />
        ))}
      </ListPanel>
    </div>
  );
}
