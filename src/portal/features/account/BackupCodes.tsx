import { Button, Title } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../components/CopyButton.tsx';
import classes from './TwoFactor.module.css';

/** The ten backup codes, shown this once: to copy, to download, to print. */
export function BackupCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useTranslation('account');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${codes.join('\n')}\n`;
  const download = () => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: t('twoFactor.fileName') });
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className={classes.step} data-printed>
      <Title order={3} ref={heading} tabIndex={-1}>
        {t('twoFactor.codesTitle')}
      </Title>
      <p>{t('twoFactor.codesText')}</p>
      <ul className={classes.codes} data-codes>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={classes.buttons} data-unprinted>
        <CopyButton text={text} label={t('twoFactor.copyAll')} />
        <Button variant="default" size="sm" leftSection={<IconDownload size={18} aria-hidden />} onClick={download}>
          {t('twoFactor.download')}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          {t('twoFactor.print')}
        </Button>
        <Button size="sm" onClick={onKept}>
          {t('twoFactor.kept')}
        </Button>
      </div>
    </div>
  );
}
