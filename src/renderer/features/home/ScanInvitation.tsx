import { Text, Title } from '@mantine/core';
import { IconScan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../../components/Kbd.tsx';
import classes from './HomePage.module.css';

const ways = [
  ['Ctrl+K', 'search'],
  ['F2', 'new'],
  ['F3', 'customers'],
] as const;

/** What an empty worklist says: nothing waits, the next scan starts the next job. */
export function ScanInvitation() {
  const { t } = useTranslation('home');
  return (
    <section className={classes.invitation}>
      <span className={classes.reader} aria-hidden>
        <IconScan size={32} stroke={1.5} />
      </span>
      <div>
        <Title order={2} size="h2">
          {t('empty.title')}
        </Title>
        <Text c="dimmed" mt={4}>
          {t('empty.text')}
        </Text>
        <div className={classes.ways}>
          {ways.map(([keys, way]) => (
            <span key={way} className={classes.way}>
              <Kbd keys={keys} /> {t(`empty.${way}`)}
            </span>
          ))}
        </div>
      </div>
    </section>
  );
}
