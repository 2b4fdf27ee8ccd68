import { expect, test } from 'vitest';
import { DeviceSettings } from '#core/scan/schema.ts';
import type { ListedPort } from '../../../src/main/devices/serial/port-list.ts';
import { wantedPorts } from '../../../src/main/devices/serial/serial-driver.ts';

const listed: ListedPort[] = [
  { path: 'COM3', name: 'Honeywell', guess: 'reader' },
  { path: 'COM4', name: 'Quectel', guess: 'modem' },
  { path: 'COM5', name: 'USB Serial Port', guess: null },
];
const wanted = (serial: unknown) => wantedPorts(DeviceSettings.parse({ serial }).serial, listed);

test('devices of known makers are opened as what they are; other ports are left alone', () => {
  expect(wanted({}).map(({ path, role }) => [path, role])).toEqual([
    ['COM3', 'reader'],
    ['COM4', 'modem'],
  ]);
});

test('what the settings say about a port goes before what its maker suggests', () => {
  const ports = [
    { path: 'COM4', role: 'reader', baudRate: 115_200 },
    { path: 'COM5', role: 'auto' },
  ];
  expect(wanted({ ports }).map(({ path, role, baudRate }) => [path, role, baudRate])).toEqual([
    ['COM4', 'reader', 115_200],
    ['COM5', 'auto', 9600],
    ['COM3', 'reader', 9600],
  ]);
});

test('without auto-detection only the ports of the settings are opened', () => {
  expect(wanted({ autoDetect: false, ports: [{ path: 'COM5' }] }).map(({ path }) => path)).toEqual(['COM5']);
});
