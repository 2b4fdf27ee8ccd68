import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createHostLink, HostGoneError, type Link } from '../../src/renderer/host-connection.ts';

interface Way {
  opened: (link: Link) => void;
  closed: () => void;
}

const options = { context: {} } as Parameters<Link['call']>[2];
const answering = (answer: unknown): Link => ({ call: async () => answer });

function room() {
  const ways: Way[] = [];
  const host = createHostLink((opened, closed) => void ways.push({ opened, closed }));
  host.start();
  const call = () => host.link.call(['system', 'link'], undefined, options);
  return { host, ways, call, last: () => ways.at(-1) as Way };
}

describe('the way to the host', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => void vi.useRealTimers();
  });

  test('the first call waits for the first connection', async () => {
    const { host, last, call } = room();
    const called = call();
    expect(host.state()).toBe('connecting');
    last().opened(answering('up'));
    expect(await called).toBe('up');
  });

  test('while the host is gone, calls fail at once and say so', async () => {
    const { host, last, call } = room();
    last().closed();
    expect(host.state()).toBe('gone');
    await expect(call()).rejects.toBeInstanceOf(HostGoneError);
  });

  test('a call that waits for a first connection which never comes fails', async () => {
    const { last, call } = room();
    const called = call();
    last().closed();
    await expect(called).rejects.toBeInstanceOf(HostGoneError);
  });

  test('it comes back by itself, ever more slowly, and the pages hear of it', async () => {
    const { host, ways, last, call } = room();
    const states: string[] = [];
    host.watch(() => states.push(host.state()));
    for (let attempt = 1; attempt < 12; attempt += 1) {
      last().closed();
      expect(ways).toHaveLength(attempt);
      await vi.advanceTimersByTimeAsync(2000);
      expect(ways).toHaveLength(attempt + 1);
    }
    last().opened(answering('back'));
    expect(await call()).toBe('back');
    expect(states.at(-1)).toBe('up');
  });

  test('a call under way when the host goes is known to be lost, not just failed', async () => {
    const { last, call } = room();
    let fail: (error: Error) => void = () => undefined;
    last().opened({ call: () => new Promise((_resolve, reject) => (fail = reject)) });
    const called = call();
    last().closed();
    fail(new Error('[ClientPeer] closed'));
    await expect(called).rejects.toBeInstanceOf(HostGoneError);
  });

  test('an error that the host answered with stays what it is', async () => {
    const { last, call } = room();
    last().opened({ call: () => Promise.reject(new Error('forbidden')) });
    await expect(call()).rejects.toThrow('forbidden');
  });
});
