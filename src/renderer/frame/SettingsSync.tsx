import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { deskQuery } from '../desk.ts';
import { changeLanguage } from '../i18n.ts';
import { setSound } from '../sound.ts';

/** Makes the window follow the desk's settings, also when another window changed them. */
export function SettingsSync() {
  const { data } = useQuery(deskQuery.system.settings.queryOptions());
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (data === undefined) return;
    setColorScheme(data.colourScheme);
    setSound(data.sound);
    void changeLanguage(data.language);
  }, [data, setColorScheme]);
  return null;
}
