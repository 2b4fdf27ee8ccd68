import { beforeEach, describe, expect, test } from 'vitest';
import { answered, connection, lost } from '../../src/portal/connection.ts';

const now = () => new Date().toUTCString();
const fresh = () => answered(new Headers({ date: now(), 'cache-control': 'no-store' }));
const keptAt = (at: string) => answered(new Headers({ 'x-comptoir-kept-at': at }));
const look = () => answered(new Headers({ date: now(), 'cache-control': 'public, max-age=60' }));

describe('what is known of the line', () => {
  beforeEach(fresh);

  test('answers that were kept are as old as the oldest of them', () => {
    keptAt('2026-11-26T10:00:00.000Z');
    keptAt('2026-11-26T09:00:00.000Z');
    keptAt('2026-11-26T11:00:00.000Z');
    expect(connection()).toEqual({ online: false, asOf: new Date('2026-11-26T09:00:00.000Z') });
  });

  test('the look, which the browser may have kept, says nothing of it', () => {
    keptAt('2026-11-26T10:00:00.000Z');
    look();
    expect(connection()).toEqual({ online: false, asOf: new Date('2026-11-26T10:00:00.000Z') });
    fresh();
    look();
    expect(connection()).toEqual({ online: true, asOf: null });
  });

  test('an answer of the server is the line', () => {
    lost();
    expect(connection().online).toBe(false);
    fresh();
    expect(connection()).toEqual({ online: true, asOf: null });
  });
});
