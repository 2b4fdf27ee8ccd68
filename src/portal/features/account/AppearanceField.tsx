import { NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './EditableField.module.css';

const schemes = ['auto', 'light', 'dark'] as const;

/** Light or dark, on this device; it takes effect as it is chosen. */
export function AppearanceField() {
  const { t } = useTranslation('account');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.field}>
      <div className={classes.shown}>
        <NativeSelect
          label={t('details.appearance')}
          classNames={{ label: classes.label }}
          name="appearance"
          value={colorScheme}
          data={schemes.map((value) => ({ value, label: t(`appearance.${value}`) }))}
          onChange={({ currentTarget }) => setColorScheme(currentTarget.value as (typeof schemes)[number])}
        />
      </div>
    </div>
  );
}
