import { useQuery } from '@tanstack/react-query';
import { type RefObject, useEffect, useState } from 'react';
import { previewMessageSchema } from '#core/brand/preview-messages.ts';
import type { Language } from '#core/domain/languages.ts';
import type { Brand } from '#core/domain/portal.ts';
import { deskQuery } from '../../desk.ts';

/** So long a page may take to answer before it counts as away. */
const PATIENCE_MS = 15_000;

/** The texts of the portal in the language shown, by `namespace:key`; null until the preview has told. */
export type PortalTexts = Readonly<Record<string, string>> | null;

/** Speaks with central's preview of the portal in a frame: it gets the draft at every change, and tells the portal's texts. */
export function usePreview(frame: RefObject<HTMLIFrameElement | null>, draft: Brand, language: Language) {
  const link = useQuery(deskQuery.system.link.queryOptions());
  const address = link.data ? `${link.data.centralUrl}/portal/preview` : null;
  const origin = address === null ? null : new URL(address).origin;
  const [state, setState] = useState<'waiting' | 'here' | 'away'>('waiting');
  const [texts, setTexts] = useState<{ language: Language; texts: Record<string, string> } | null>(null);
  useEffect(() => {
    if (state !== 'waiting') return;
    const timer = setTimeout(() => setState('away'), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    const hear = ({ source, origin: from, data }: MessageEvent) => {
      if (source === null || source !== frame.current?.contentWindow || from !== origin) return;
      const message = previewMessageSchema.safeParse(data).data;
      if (message?.type === 'comptoir.ready') setState('here');
      if (message?.type === 'comptoir.texts') setTexts(message);
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, [frame, origin]);
  useEffect(() => {
    if (state !== 'here' || origin === null) return;
    frame.current?.contentWindow?.postMessage({ type: 'comptoir.draft', brand: draft, language }, origin);
  }, [state, origin, draft, language, frame]);
  return {
    address,
    state,
    texts: texts?.language === language ? texts.texts : null,
    /** The page was asked for anew. */
    again: () => setState('waiting'),
  };
}
