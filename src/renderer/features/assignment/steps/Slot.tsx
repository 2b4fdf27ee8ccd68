import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DraftItem } from '#core/assignment/draft.ts';
import type { Product } from '#core/domain/product.ts';
import { useTemplateName } from '../../../components/use-template-name.ts';
import { desk, deskQuery } from '../../../desk.ts';
import { useFormat } from '../../../format.tsx';
import { HoldTimer } from '../parts/HoldTimer.tsx';
import { itemTitle, readableIdentifier } from '../parts/identifiers.ts';
import { useWizard } from '../wizard.ts';
import { ItemPicker } from './ItemPicker.tsx';
import { NumberPicker } from './NumberPicker.tsx';
import classes from './Slot.module.css';

interface SlotProps {
  slot: Product['inventoryTemplates'][number];
  chosen: DraftItem | null;
  isOpen: boolean;
  onOpen: () => void;
  onDone: () => void;
}

/** One thing the product needs: what was chosen for it and how long it is held, or the list to choose from. */
export function Slot({ slot, chosen, isOpen, onOpen, onDone }: SlotProps) {
  const { t } = useTranslation('assignment');
  const templateName = useTemplateName();
  const name = templateName(slot.template, slot.templateName);
  const isNumber = useIsNumber(slot.template);
  const Picker = isNumber ? NumberPicker : ItemPicker;
  const Icon = chosen === null ? IconCircleDashed : IconCheck;
  return (
    <section className={classes.slot} data-open={isOpen || undefined} data-filled={chosen !== null || undefined}>
      <div className={classes.head}>
        <span className={classes.mark} aria-hidden>
          <Icon size={16} stroke={2.5} />
        </span>
        <Text fw={600} component="h3" className={classes.name}>
          {name}
          {slot.required && (
            <>
              <span aria-hidden className={classes.asterisk}>
                *
              </span>
              <span className="visually-hidden">({t('inventory.required')})</span>
            </>
          )}
        </Text>
        {chosen !== null && <Chosen item={chosen} />}
        {!isOpen && (
          <Button size="compact-md" variant={chosen === null ? 'filled' : 'default'} onClick={onOpen}>
            {t(chosen === null ? 'inventory.choose' : 'inventory.change')}
          </Button>
        )}
      </div>
      {isOpen && <Picker template={slot.template} name={name} chosen={chosen} onDone={onDone} />}
    </section>
  );
}

function useIsNumber(template: string): boolean {
  const { data } = useQuery({ ...deskQuery.inventory.templates.queryOptions(), staleTime: 300_000 });
  const known = data?.items.find(({ slug }) => slug === template);
  return known === undefined ? template.endsWith('number') : known.identifiers[0] === 'msisdn';
}

function Chosen({ item }: { item: DraftItem }) {
  const { t } = useTranslation('assignment');
  const format = useFormat();
  const { draft, act, busy } = useWizard();
  const title = itemTitle(item.item, format);
  const identifier = readableIdentifier(item.item.identifiers, format);
  const itemId = item.item.id;
  const release = () => void act(`release:${itemId}`, () => desk.drafts.releaseItem({ draftId: draft.id, itemId }));
  return (
    <div className={classes.chosen}>
      <span className={classes.title}>{title}</span>
      {identifier !== title && <span className={classes.identifier}>{identifier}</span>}
      {item.suggested && <span className={classes.suggested}>{t('inventory.suggested')}</span>}
      <HoldTimer item={item} />
      <Tooltip label={t('hold.release')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('hold.releaseItem', { name: title })}
          loading={busy.has(`release:${itemId}`)}
          onClick={release}
        >
          <IconX size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
