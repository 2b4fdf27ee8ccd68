import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftItem } from '#core/assignment/draft.ts';
import { fittingNumbers, readNumberPattern } from '#core/assignment/number-pattern.ts';
import type { Item } from '#core/domain/inventory.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Kbd } from '../../../components/Kbd.tsx';
import { LoadingRows } from '../../../components/LoadingRows.tsx';
import { desk } from '../../../desk.ts';
import { useFormat } from '../../../format.tsx';
import { ChoiceSearch } from '../parts/ChoiceSearch.tsx';
import choices from '../parts/choices.module.css';
import { HoldTimer } from '../parts/HoldTimer.tsx';
import { itemTitle } from '../parts/identifiers.ts';
import { useChoices } from '../parts/use-choices.ts';
import { isHolding, useWizard } from '../wizard.ts';
import { ItemState, type PickerProps } from './ItemPicker.tsx';
import { NoInventory } from './NoInventory.tsx';
import { PhoneDigits } from './PhoneDigits.tsx';
import classes from './Slot.module.css';
import { usePickable } from './use-pickable.ts';

/** Shapes are searched here, among the most memorable numbers; plain digits by central, among all. */
const LISTED = 300;
const DRAWN = 80;

/** A table's cells can't hold rows that scroll and are searched; the role says what they are. */
const gridCell = { role: 'gridcell', tabIndex: -1 } as const;

/** Numbers, the easiest to remember first; found by ending or look; favourites stay held while the customer decides. */
export function NumberPicker({ template, name, chosen, onDone }: PickerProps) {
  const { t } = useTranslation('assignment');
  const { draft, act, busy } = useWizard();
  const [text, setText] = useState('');
  const pattern = readNumberPattern(text);
  const found = usePickable({ template, q: pattern?.digits ?? '', sort: 'memorable', limit: LISTED });
  const { refusalOf, settled, error, refetch, isPending } = found;
  const rows = fittingNumbers(found.rows, ({ identifiers }) => identifiers.msisdn ?? '', pattern).slice(0, DRAWN);
  const draftId = draft.id;
  const favourites = draft.shortlist.filter((item) => item.template === template);
  const choose = async (id: number) => {
    const done = await act(`item:${id}`, () => desk.drafts.chooseItem({ draftId, itemId: id }), 'complete');
    if (done !== null) onDone();
  };
  const isKept = ({ id }: { id: number }) => favourites.some(({ item }) => item.id === id);
  const keep = ({ id }: { id: number }) => {
    const command = isKept({ id }) ? desk.drafts.releaseItem : desk.drafts.shortlistItem;
    void act(`item:${id}`, () => command({ draftId, itemId: id }));
  };
  const list = useChoices({
    rows,
    keyOf: ({ id }) => id,
    text: text.trim(),
    settled,
    busy: isHolding(busy),
    isDisabled: (item) => refusalOf(item) !== null,
    preferred: chosen?.item.id ?? null,
    kind: 'grid',
    onChoose: ({ id }) => void choose(id),
    onKeep: keep,
  });
  return (
    <div className={classes.picker}>
      {favourites.length > 0 && <Favourites items={favourites} onTake={(id) => void choose(id)} onRelease={keep} />}
      <ChoiceSearch
        label={t('number.search')}
        placeholder={t('number.placeholder')}
        text={text}
        onText={setText}
        list={list}
      />
      {error !== null && (
        <div className={choices.error}>
          <ErrorNotice error={error} onRetry={() => void refetch()} />
        </div>
      )}
      {error === null && isPending && <LoadingRows rows={4} label={t('inventory.loading')} />}
      {settled && rows.length === 0 && error === null && (
        <NoInventory name={name} searched={text.trim()} hint="number.noMatchText" />
      )}
      {rows.length > 0 && (
        <>
          <div {...list.listProps(name)} className={choices.list} data-stale={!settled || undefined}>
            {rows.map((item, index) => (
              <div key={item.id} {...list.rowProps(index)} className={choices.row}>
                <NumberCells
                  item={item}
                  pattern={pattern}
                  refusal={refusalOf(item)}
                  isBusy={busy.has(`item:${item.id}`)}
                  isKept={isKept(item)}
                  onKeep={() => keep(item)}
                />
              </div>
            ))}
          </div>
          <div className={choices.hint}>
            <span>
              <Kbd keys="Enter" /> {t('keys.take')}
            </span>
            <span>
              <Kbd keys="Shift+Enter" /> {t('number.keep')}
            </span>
            <span>{t('number.shapes')}</span>
          </div>
        </>
      )}
    </div>
  );
}

interface NumberCellsProps {
  item: Item;
  pattern: ReturnType<typeof readNumberPattern>;
  refusal: string | null;
  isBusy: boolean;
  isKept: boolean;
  onKeep: () => void;
}

function NumberCells({ item, pattern, refusal, isBusy, isKept, onKeep }: NumberCellsProps) {
  const { t } = useTranslation('assignment');
  const { phone } = useFormat();
  const number = item.identifiers.msisdn ?? item.label;
  const Star = isKept ? IconStarFilled : IconStar;
  const label = t(isKept ? 'number.letGo' : 'number.keepThis', { number: phone(number) });
  return (
    <>
      <div {...gridCell} className={classes.cellWide}>
        <PhoneDigits number={number} pattern={pattern} />
      </div>
      <div {...gridCell} className={choices.end}>
        <ItemState item={item} refusal={refusal} isBusy={isBusy} />
      </div>
      <div {...gridCell} className={classes.cell}>
        <Tooltip label={label}>
          <ActionIcon
            variant="subtle"
            color={isKept ? undefined : 'gray'}
            tabIndex={-1}
            aria-label={label}
            disabled={refusal !== null}
            onClick={(event) => {
              event.stopPropagation();
              onKeep();
            }}
          >
            <Star size={17} />
          </ActionIcon>
        </Tooltip>
      </div>
    </>
  );
}

interface FavouritesProps {
  items: readonly DraftItem[];
  onTake: (itemId: number) => void;
  onRelease: (item: { id: number }) => void;
}

/** Up to two numbers held beside the chosen one, to be taken or let go. */
function Favourites({ items, onTake, onRelease }: FavouritesProps) {
  const { t } = useTranslation('assignment');
  const format = useFormat();
  return (
    <section className={classes.favourites} aria-label={t('number.favourites')}>
      {items.map((favourite) => {
        const title = itemTitle(favourite.item, format);
        return (
          <div key={favourite.item.id} className={classes.favourite}>
            <IconStarFilled size={15} aria-hidden />
            <span className={classes.title}>{title}</span>
            <HoldTimer item={favourite} />
            <Button size="compact-sm" onClick={() => onTake(favourite.item.id)}>
              {t('number.take')}
            </Button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('hold.releaseItem', { name: title })}
              onClick={() => onRelease(favourite.item)}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        );
      })}
    </section>
  );
}
