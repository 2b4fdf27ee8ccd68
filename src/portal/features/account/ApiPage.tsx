import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { portal } from '../../api.ts';
import { BarrierNote } from '../../components/BarrierNote.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { Page } from '../../components/Page.tsx';
import { Section } from '../../components/Section.tsx';
import { useMe } from '../../session.tsx';
import { ApiKeyForm } from './ApiKeyForm.tsx';
import { ApiKeyRow } from './ApiKeyRow.tsx';
import { useKeyBarrier } from './key-barrier.ts';
import { NewApiKey } from './NewApiKey.tsx';

/** Account, API access: the keys of a business customer's own programs (AK-1). */
export function ApiPage() {
  const { t } = useTranslation('account');
  const { may } = useMe();
  return (
    <Page title={t('api.title')} intro={may.useApiKeys ? t('api.text') : undefined}>
      {may.useApiKeys ? <Keys /> : <Empty title={t('api.notForYou')} />}
    </Page>
  );
}

type Step = { kind: 'list' | 'form' } | { kind: 'made'; key: string };

function Keys() {
  const { t } = useTranslation('account');
  const [step, setStep] = useState<Step>({ kind: 'list' });
  const queryClient = useQueryClient();
  const keys = useQuery(portal.account.apiKeys.list.queryOptions());
  return (
    <>
      {step.kind === 'list' && <Begin onBegin={() => setStep({ kind: 'form' })} />}
      {step.kind === 'form' && (
        <ApiKeyForm
          onMade={(key) => {
            setStep({ kind: 'made', key });
            void queryClient.invalidateQueries({ queryKey: portal.account.apiKeys.key() });
          }}
          onCancel={() => setStep({ kind: 'list' })}
        />
      )}
      {step.kind === 'made' && <NewApiKey value={step.key} onDone={() => setStep({ kind: 'list' })} />}
      <Section title={t('api.list')}>
        <Loaded query={keys} height={120}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('api.none')} text={t('api.noneText')} />
            ) : (
              <ul>
                {items.map((key) => (
                  <ApiKeyRow key={key.id} apiKey={key} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
    </>
  );
}

let hasBegun = false;

/** The button that opens the form; the focus comes back to it. */
function Begin({ onBegin }: { onBegin: () => void }) {
  const { t } = useTranslation('account');
  const barrier = useKeyBarrier();
  const note = useId();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (hasBegun) button.current?.focus();
    hasBegun = false;
  }, []);
  return (
    <>
      <BarrierNote barrier={barrier} id={note} />
      <Button
        ref={button}
        mb="lg"
        disabled={barrier !== null}
        aria-describedby={barrier === null ? undefined : note}
        onClick={() => {
          hasBegun = true;
          onBegin();
        }}
      >
        {t('api.create')}
      </Button>
    </>
  );
}
