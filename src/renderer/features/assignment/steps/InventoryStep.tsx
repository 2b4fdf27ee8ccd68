import { Button, Group } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StepHead } from '../parts/StepHead.tsx';
import { useWizard } from '../wizard.ts';
import { Slot } from './Slot.tsx';

/** One selector for each thing the product needs; the first empty one is open, a scan fills whichever it fits (PA-8). */
export function InventoryStep() {
  const { t } = useTranslation('assignment');
  const { draft, steps, pass } = useWizard();
  const [opened, setOpened] = useState<string | null>(null);
  const slots = draft.product?.inventoryTemplates ?? [];
  const isFilled = (template: string) => draft.items.some((item) => item.template === template);
  const firstEmpty = slots.find(({ template, required }) => required && !isFilled(template));
  const firstOptional = slots.find(({ template }) => !isFilled(template));
  const open = opened ?? (firstEmpty ?? firstOptional)?.template ?? null;
  const missing = steps.find(({ name }) => name === 'inventory')?.missing ?? [];
  return (
    <section aria-label={t('step.inventory')}>
      <StepHead title={t('inventory.title')} text={t('inventory.text')} />
      <Group component="div" gap="sm" style={{ flexDirection: 'column', alignItems: 'stretch' }}>
        {slots.map((slot) => (
          <Slot
            key={slot.template}
            slot={slot}
            chosen={draft.items.find((item) => item.template === slot.template) ?? null}
            isOpen={slot.template === open}
            onOpen={() => setOpened(slot.template)}
            onDone={() => setOpened(null)}
          />
        ))}
      </Group>
      {missing.length === 0 && (
        <Group justify="flex-end" mt="md">
          <Button rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => pass('inventory')}>
            {t('continue')}
          </Button>
        </Group>
      )}
    </section>
  );
}
