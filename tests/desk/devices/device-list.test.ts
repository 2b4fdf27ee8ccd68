import { expect, test } from 'vitest';
import type { DeviceChange } from '#core/scan/schema.ts';
import { createDeviceList } from '../../../src/main/devices/device-list.ts';
import type { DeviceReport } from '../../../src/main/devices/messages.ts';

const report = (id: string, over: Partial<DeviceReport> = {}): DeviceReport => ({
  id,
  source: 'pcsc',
  name: id,
  path: null,
  state: 'ready',
  problem: null,
  detail: null,
  card: { state: 'read', iccid: '8944110068250000010', imsi: null },
  ...over,
});

function listUnderTest() {
  const changes: DeviceChange[] = [];
  let clock = 0;
  const list = createDeviceList(
    () => new Date(clock),
    (change) => changes.push(change),
  );
  const at = (time: number) => {
    clock = time;
  };
  return { list, at, events: () => changes.map(({ event, device }) => `${event} ${device.id} ${device.state}`) };
}

test('the time of a state is when the state began, not when it was last told', () => {
  const { list, at } = listUnderTest();
  list.put(report('a'), 'added');
  at(1000);
  list.put(report('a', { problem: 'input_dropped' }), 'changed');
  expect(list.get('a')?.since).toBe('1970-01-01T00:00:00.000Z');
  list.put(report('a', { state: 'busy' }), 'changed');
  expect(list.get('a')?.since).toBe('1970-01-01T00:00:01.000Z');
});

test('when the drivers are lost nothing is claimed of their devices; those that come back stay, the others go', () => {
  const { list, events } = listUnderTest();
  list.put(report('a'), 'added');
  list.put(report('b'), 'added');
  list.put(report('wedge', { source: 'wedge', card: null }), 'added');
  list.lose();
  expect(list.get('a')).toMatchObject({ state: 'failed', problem: 'driver_restarting', card: { iccid: null } });
  expect(list.get('wedge')).toMatchObject({ state: 'ready' });
  list.put(report('a'), 'added');
  list.settle();
  expect(list.all().map(({ id }) => id)).toEqual(['a', 'wedge']);
  expect(events().slice(3)).toEqual(['changed a failed', 'changed b failed', 'changed a ready', 'removed b failed']);
});
