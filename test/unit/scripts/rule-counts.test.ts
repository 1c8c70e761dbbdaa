import { expect, test } from 'vitest';
import { countRules, ruleLine, ruleNames, type TestReport } from '../../../scripts/rule-counts.ts';

const report: TestReport = {
  testResults: [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { fullName: '[R-ENT-1] one', status: 'passed' },
        { fullName: 'group [R-ENT-1] [R-ENT-2] two', status: 'passed' },
        { fullName: '[R-AUT-1] holds here', status: 'passed' },
        { fullName: '[R-AUT-1] and breaks there', status: 'failed' },
        { fullName: '[R-LOC-1] not yet', status: 'skipped' },
        { fullName: '[R-XYZ-9] of another book', status: 'passed' },
      ],
    },
    { name: 'b.test.ts', status: 'failed', assertionResults: [] },
  ],
};

test('each rule has one line, from the results of the tests that name it', () => {
  const { counts, strangers, broken } = countRules(report);
  const lines = counts.map(ruleLine);
  expect(lines).toHaveLength(ruleNames.length);
  expect(lines).toContain('R-ENT-1 passed (2 tests)');
  expect(lines).toContain('R-ENT-2 passed (1 test)');
  // One failing test is enough, and a skipped one proves nothing.
  expect(lines).toContain('R-AUT-1 FAILED');
  expect(lines).toContain('R-LOC-1 no test');
  expect(lines).toContain('R-MEM-4 no test');
  expect(strangers).toEqual(['R-XYZ-9']);
  expect(broken).toEqual(['b.test.ts']);
});
