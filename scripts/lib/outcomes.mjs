// Counting what passed, failed and was skipped, from the checks and from vitest alike.
import { existsSync, readFileSync } from 'node:fs';
import { say, tail } from './log.mjs';

/** Reads what scripts/lib/reporter.mjs wrote. A run that did not reach its end counts as one failure more. */
export function readOutcomes(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const outcomes = lines.map((line) => JSON.parse(line));
  const tests = outcomes.filter(({ state }) => state !== 'ended');
  if (tests.length === outcomes.length) tests.push(failure('vitest', 'the run was cut short'));
  return tests;
}

/** One failed check, told like a failed test. */
export function failure(file, name, error = '') {
  return { state: 'failed', file, name, note: '', error };
}

/** One check that passed, told like a test. */
export function success(file, name) {
  return { state: 'passed', file, name, note: '', error: '' };
}

/** Prints skipped and failed tests with their reasons, then the one line that ends a run. Returns the exit code. */
export function summarise(outcomes, missingParts) {
  const of = (state) => outcomes.filter((outcome) => outcome.state === state);
  const [passed, failed, skipped] = [of('passed'), of('failed'), of('skipped')];
  list(
    'Missing on this machine:',
    missingParts.map(({ name, use, why }) => `${name} (${use}): ${why}`),
  );
  list(
    'Skipped:',
    skipped.map(({ file, name, note }) => `${file} > ${name}: ${reasonOf(name, note)}`),
  );
  list(
    'Failed:',
    failed.map(({ file, name, error }) => `${file} > ${name}${error ? `\n      ${tail(error, 3)}` : ''}`),
  );
  say();
  say(`${passed.length} passed, ${failed.length} failed, ${skipped.length} skipped`);
  return failed.length > 0 || passed.length === 0 ? 1 : 0;
}

/** Why a test was skipped: what it said, or what its title says that it needs. */
function reasonOf(name, note) {
  return note || /\[needs ([^\]]+)\]/.exec(name)?.[1] || 'no reason was given';
}

function list(title, lines) {
  if (lines.length === 0) return;
  say();
  say(title);
  for (const line of lines) say(`  - ${line}`);
}
