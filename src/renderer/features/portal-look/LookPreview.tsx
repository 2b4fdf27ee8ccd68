import { Button, SegmentedControl, Select, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageSchema } from '#core/domain/common.ts';
import { type Language, languages } from '#core/domain/languages.ts';
import { ListPanel } from '../../components/ListPanel.tsx';
import { languageNames } from '../../i18n.ts';
import classes from './portal-look.module.css';
import type { usePreview } from './use-preview.ts';

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 860 } } as const;
type Size = keyof typeof sizes;

interface LookPreviewProps {
  frame: RefObject<HTMLIFrameElement | null>;
  preview: ReturnType<typeof usePreview>;
  language: Language;
  onLanguage: (language: Language) => void;
}

/** The portal with made-up data, as the draft would have it, at the width of a phone or of a desktop. */
export function LookPreview({ frame, preview, language, onLanguage }: LookPreviewProps) {
  const { t } = useTranslation('portalLook');
  const [size, setSize] = useState<Size>('phone');
  const { ref, width: room } = useElementSize();
  const [round, setRound] = useState(0);
  const { width, height } = sizes[size];
  const scale = room === 0 ? 1 : Math.min(1, room / width);
  const again = () => {
    preview.again();
    setRound((before) => before + 1);
  };
  return (
    <ListPanel title={t('preview.title')}>
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={t('preview.width')}
          data={(['phone', 'desktop'] as const).map((value) => ({ value, label: t(`preview.${value}`) }))}
          value={size}
          onChange={(value) => setSize(value as Size)}
        />
        <Select
          aria-label={t('preview.language')}
          w={140}
          allowDeselect={false}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onChange={(value) => onLanguage(languageSchema.parse(value))}
        />
      </div>
      <section
        ref={ref}
        className={classes.stage}
        style={{ height: height * scale }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too
        tabIndex={0}
        aria-label={t('preview.title')}
      >
        {preview.state !== 'here' && (
          <div className={classes.away} role="status">
            <Text size="sm">{t(preview.state === 'away' ? 'preview.away' : 'preview.waiting')}</Text>
            {preview.state === 'away' && (
              <Button variant="default" size="compact-md" onClick={again}>
                {t('preview.again')}
              </Button>
            )}
          </div>
        )}
        {preview.address !== null && (
          <iframe
            key={round}
            ref={frame}
            className={classes.frame}
            title={t('preview.title')}
            src={preview.address}
            sandbox="allow-scripts allow-same-origin"
            referrerPolicy="no-referrer"
            data-state={preview.state}
            style={{ width, height, transform: `scale(${scale})` }}
          />
        )}
      </section>
      <Text size="sm" c="dimmed" px="lg" pb="md">
        {t('preview.hint')}
      </Text>
    </ListPanel>
  );
}
