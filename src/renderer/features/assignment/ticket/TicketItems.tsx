import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import { useTemplateName } from '../../../components/use-template-name.ts';
import { desk } from '../../../desk.ts';
import { useFormat } from '../../../format.tsx';
import { HoldTimer } from '../parts/HoldTimer.tsx';
import { itemTitle, readableIdentifier } from '../parts/identifiers.ts';
import { isHolding, useWizard } from '../wizard.ts';
import classes from './Ticket.module.css';

interface TicketSlot {
  readonly template: string;
  readonly templateName: string;
  readonly required: boolean;
  readonly item: DraftItem | null;
}

/** What the product needs, filled or not; before there is a product, what was scanned already. */
export function slotsOf({ product, items }: Draft): TicketSlot[] {
  if (product === null) {
    return items.map((item) => ({ ...item.item, required: true, item }));
  }
  return product.inventoryTemplates.map((slot) => ({
    ...slot,
    item: items.find(({ template }) => template === slot.template) ?? null,
  }));
}

/** The items with their identifiers, the time they are held, and a way to let each go. */
export function TicketItems() {
  const { draft } = useWizard();
  return slotsOf(draft).map((slot) => <ItemLine key={slot.template} slot={slot} />);
}

function ItemLine({ slot }: { slot: TicketSlot }) {
  const { t } = useTranslation('assignment');
  const format = useFormat();
  const templateName = useTemplateName();
  const { busy, taking } = useWizard();
  const { item } = slot;
  const label = templateName(slot.template, slot.templateName);
  // What was scanned is shown at once, and as what it is: not held yet.
  const coming = taking?.template === slot.template ? taking : null;
  const shown = coming ?? item?.item ?? null;
  if (shown === null) {
    return (
      <div className={classes.line}>
        <div className={classes.words}>
          <div className={classes.label}>{label}</div>
          <div className={classes.waiting}>
            {t(isHolding(busy) ? 'hold.holding' : slot.required ? 'ticket.notYet' : 'ticket.optional')}
          </div>
        </div>
      </div>
    );
  }
  const title = itemTitle(shown, format);
  const identifier = readableIdentifier(shown.identifiers, format);
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        <div className={classes.label}>{label}</div>
        <div className={classes.value}>{title}</div>
        {identifier !== title && <div className={classes.detail}>{identifier}</div>}
      </div>
      {coming === null && item !== null ? (
        <div className={classes.end}>
          <Release item={item} title={title} />
          <HoldTimer item={item} />
        </div>
      ) : (
        <div className={classes.waiting}>{t('hold.holding')}</div>
      )}
    </div>
  );
}

function Release({ item, title }: { item: DraftItem; title: string }) {
  const { t } = useTranslation('assignment');
  const { draft, act, busy } = useWizard();
  const itemId = item.item.id;
  return (
    <Tooltip label={t('hold.release')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('hold.releaseItem', { name: title })}
        loading={busy.has(`release:${itemId}`)}
        onClick={() => void act(`release:${itemId}`, () => desk.drafts.releaseItem({ draftId: draft.id, itemId }))}
      >
        <IconX size={15} />
      </ActionIcon>
    </Tooltip>
  );
}
