/**
 * Decides when a SIM in a device is news. A SIM that was already there when we first look is shown but is no scan: nobody
 * has just done anything. A SIM that appears after an empty slot, or in place of another, is a scan; so is one that comes
 * with a device that was just plugged in.
 */
export interface SimMemory {
  /** Notes what is in the slot now (null: nothing) and tells whether that is a scan. */
  see(deviceId: string, iccid: string | null): boolean;
  /** The device was unplugged: whatever is in it next is news. */
  unplugged(deviceId: string): void;
  /** We lost sight of the device, through no act of anyone: what is in it next is not news. */
  lostSight(deviceId: string): void;
}

export function createSimMemory(): SimMemory {
  const slots = new Map<string, string | null>();
  return {
    see(deviceId, iccid) {
      const before = slots.get(deviceId);
      slots.set(deviceId, iccid);
      return iccid !== null && before !== undefined && before !== iccid;
    },
    unplugged(deviceId) {
      slots.set(deviceId, null);
    },
    lostSight(deviceId) {
      slots.delete(deviceId);
    },
  };
}
