import { type DeskSettings, deskSettingsSchema } from '#core/contract/desk/events.ts';
import { DeviceSettings } from '#core/scan/schema.ts';
import { getSetting, saveSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

const factorySettings: DeskSettings = {
  language: 'en',
  colourScheme: 'auto',
  sound: { muted: false, volume: 0.6 },
};

export interface Settings {
  get(): Promise<DeskSettings>;
  change(changes: Partial<DeskSettings>): Promise<DeskSettings>;
  devices(): Promise<DeviceSettings>;
  changeDevices(settings: DeviceSettings): Promise<void>;
}

/** How this desk looks, sounds and reads; shared by all who work at it. */
export function createSettings(store: Store): Settings {
  const get = async () => (await getSetting(store, 'desk', deskSettingsSchema)) ?? factorySettings;
  return {
    get,
    async change(changes) {
      const settings = { ...(await get()), ...changes };
      await saveSetting(store, 'desk', settings);
      return settings;
    },
    devices: async () => (await getSetting(store, 'devices', DeviceSettings)) ?? DeviceSettings.parse({}),
    changeDevices: (settings) => saveSetting(store, 'devices', settings),
  };
}
