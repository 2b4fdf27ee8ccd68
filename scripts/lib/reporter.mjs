// A vitest reporter that writes each outcome as a line of JSON at once, so that even a run that is cut short is counted.
import { appendFileSync } from 'node:fs';
import path from 'node:path';

export default class Outcomes {
  #file = process.env.COMPTOIR_TEST_OUTCOMES;
  #root = process.cwd();

  onTestCaseResult(testCase) {
    const { state, note, errors } = testCase.result();
    this.#write({
      state,
      file: this.#relative(testCase.module.moduleId),
      name: testCase.fullName,
      note: note ?? '',
      error: errors?.[0]?.message ?? '',
    });
  }

  /** A file that can't be loaded, or a group whose hook fails, has no test to tell it. */
  onTestModuleEnd(module) {
    this.#broken(module, module.moduleId, 'the file itself');
    for (const suite of module.children.allSuites()) this.#broken(suite, module.moduleId, suite.fullName);
  }

  onTestRunEnd(_modules, errors) {
    for (const error of errors) {
      this.#write({
        state: 'failed',
        file: '',
        name: 'an error outside of any test',
        note: '',
        error: error.message ?? String(error),
      });
    }
    this.#write({ state: 'ended' });
  }

  #broken(group, moduleId, name) {
    const errors = group.errors();
    if (errors.length === 0) return;
    this.#write({ state: 'failed', file: this.#relative(moduleId), name, note: '', error: errors[0].message });
  }

  #relative(moduleId) {
    return path.relative(this.#root, moduleId);
  }

  #write(outcome) {
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(outcome)}\n`);
  }
}
