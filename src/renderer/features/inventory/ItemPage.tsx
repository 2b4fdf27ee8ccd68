import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { useTemplateName } from '../../components/use-template-name.ts';
import { deskQuery } from '../../desk.ts';
import { ItemActions } from './ItemActions.tsx';
import { ItemFacts } from './ItemFacts.tsx';
import { ItemHistory } from './ItemHistory.tsx';
import { ItemSecrets } from './ItemSecrets.tsx';

/** One item: what it is, whose it is, what happened to it. */
export function ItemPage() {
  const { t } = useTranslation('inventory');
  const nameOf = useTemplateName();
  const id = Number(useParams().id);
  const item = useQuery(deskQuery.inventory.item.queryOptions({ input: { id } }));
  const back = { href: '/inventory', label: t('title') };
  if (item.isPending) return <LoadingRows />;
  if (item.isError) {
    return (
      <>
        <PageHeader title={t('item.unknown')} back={back} />
        <ReadError what="inventory" error={item.error} onRetry={() => void item.refetch()} />
      </>
    );
  }
  const { label, template, templateName, status } = item.data;
  return (
    <>
      <PageHeader
        title={label}
        subtitle={nameOf(template, templateName)}
        marks={<StatusMark kind="item" status={status} />}
        actions={<ItemActions item={item.data} />}
        back={back}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="md">
            <ItemFacts item={item.data} />
            <ItemSecrets item={item.data} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <ItemHistory id={id} />
        </Grid.Col>
      </Grid>
    </>
  );
}
