import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Item } from '#core/domain/inventory.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import { useTemplateName } from '../../components/use-template-name.ts';
import type { Column } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../format.tsx';
import { identifierText, mainIdentifier } from './identifier-text.ts';

function Clipped({ text, dimmed = false }: { text: string; dimmed?: boolean }) {
  return (
    <Text span size="sm" c={dimmed ? 'dimmed' : undefined} className="clip" dir="auto" title={text}>
      {text}
    </Text>
  );
}

/** Who holds it and until when, so that a colleague can be asked (domain.md 8 (2)). */
function HeldBy({ item }: { item: Item }) {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  if (item.reservation === null) return null;
  const { userName, expiresAt } = item.reservation;
  return <Clipped dimmed text={t('heldBy', { name: userName, until: format.time(expiresAt) })} />;
}

/** Columns of the stock list, worded. */
export function useItemColumns(): Column<Item>[] {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  const nameOf = useTemplateName();
  return [
    {
      key: 'label',
      header: t('column.label'),
      width: 'minmax(0, 1.3fr)',
      cell: ({ label }) => (
        <Text span size="sm" fw={550} className="clip" title={label}>
          {label}
        </Text>
      ),
    },
    {
      key: 'identifier',
      header: t('column.identifier'),
      width: 'minmax(0, 1.8fr)',
      cell: ({ identifiers }) => {
        const main = mainIdentifier(identifiers);
        return main && <Clipped text={identifierText(format, main.kind, main.value)} />;
      },
    },
    {
      key: 'template',
      header: t('column.template'),
      width: 'minmax(0, 1fr)',
      cell: ({ template, templateName }) => <Clipped text={nameOf(template, templateName)} />,
    },
    {
      key: 'status',
      header: t('column.status'),
      width: '140px',
      cell: ({ status }) => <StatusMark kind="item" status={status} />,
    },
    {
      key: 'store',
      header: t('column.store'),
      width: 'minmax(0, 1fr)',
      cell: ({ storeName }) => <Clipped dimmed text={storeName ?? t('everywhere')} />,
    },
    { key: 'held', header: t('column.held'), width: 'minmax(0, 1.4fr)', cell: (item) => <HeldBy item={item} /> },
  ];
}
