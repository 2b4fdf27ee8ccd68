import { describe, expect, it } from 'vitest';
import type { Job, TaskStatus } from '#core/domain/provisioning.ts';
import { newer } from '../../../src/renderer/features/assignment/progress/newer.ts';
import { subjectText } from '../../../src/renderer/features/assignment/progress/subject-text.ts';
import { createFormat } from '../../../src/renderer/formatters.ts';

const jobAt = (revision: number, id = 1) => ({ id, revision }) as Job;

describe('news of a job', () => {
  it('that comes late changes nothing', () => {
    expect(newer(jobAt(5), jobAt(4)).revision).toBe(5);
    expect(newer(jobAt(5), jobAt(6)).revision).toBe(6);
    expect(newer(null, jobAt(1)).revision).toBe(1);
  });

  it('leaves the tasks that did not change what they were, so that they are not drawn again', () => {
    const task = (index: number, status: TaskStatus) => ({ index, status, error: null });
    const job = (revision: number, second: TaskStatus) =>
      ({ ...jobAt(revision), tasks: [task(0, 'succeeded'), task(1, second)] }) as Job;
    const known = job(5, 'running');
    const next = newer(known, job(6, 'succeeded'));
    expect(next).toEqual(job(6, 'succeeded'));
    expect(next.tasks[0]).toBe(known.tasks[0]);
    expect(next.tasks[1]).not.toBe(known.tasks[1]);
    expect(newer(next, job(6, 'succeeded'))).toBe(next);
  });

  it('of another job replaces it', () => {
    expect(newer(jobAt(5, 1), jobAt(1, 2)).id).toBe(2);
  });
});

describe('what a task works on', () => {
  const format = createFormat('en');

  it('is an ICCID or a number in groups', () => {
    expect(subjectText('8944100000000090001', format)).toBe('8944 1000 0000 0090 001');
    expect(subjectText('+447700900123', format)).toBe('+44 7700 900123');
  });

  it('is left alone when it is anything else', () => {
    for (const text of ['John Smith', 'Mobile - +44 7700 900123', '234150000000004', '12'])
      expect(subjectText(text, format)).toBe(text);
  });
});
