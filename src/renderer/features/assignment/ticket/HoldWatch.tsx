import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DraftItem } from '#core/assignment/draft.ts';
import { desk } from '../../../desk.ts';
import { useFormat, useNow } from '../../../format.tsx';
import { holdLeft, WARN_MS } from '../parts/HoldTimer.tsx';
import { itemTitle } from '../parts/identifiers.ts';
import { useWizard } from '../wizard.ts';
import classes from './Ticket.module.css';

/** The hold that ends first: until when, with one press to extend all; said plainly when it is over. */
export function HoldWatch() {
  const { t } = useTranslation('assignment');
  const format = useFormat();
  const now = useNow(1000);
  const { draft, act, busy } = useWizard();
  // What the desk itself holds has no end to watch.
  const timed = [...draft.items, ...draft.shortlist].filter(({ heldHere }) => !heldHere);
  const first = soonest(timed, now);
  if (first === null) return null;
  const left = holdLeft(first, now);
  const state = left === 0 ? 'lapsed' : left < WARN_MS ? 'soon' : 'held';
  const tone = { lapsed: 'bad', soon: 'warn', held: undefined }[state];
  const facts = { name: itemTitle(first.item, format), until: first.hold ? format.time(first.hold.expiresAt) : '' };
  const extend = () => void act('extend', () => desk.drafts.extendHolds({ draftId: draft.id }));
  return (
    <div className={classes.watch} data-tone={tone}>
      <span className={classes.watchWords} role="status">
        {t(`hold.${state}Text`, facts)}
      </span>
      <Button size="compact-sm" variant={tone ? 'filled' : 'default'} loading={busy.has('extend')} onClick={extend}>
        {t(state === 'lapsed' ? 'hold.again' : 'hold.extend')}
      </Button>
    </div>
  );
}

function soonest(items: readonly DraftItem[], now: Date): DraftItem | null {
  return items.reduce<DraftItem | null>(
    (first, item) => (first === null || holdLeft(item, now) < holdLeft(first, now) ? item : first),
    null,
  );
}
