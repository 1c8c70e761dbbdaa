/** The rules of the ledger: how many there are in each group, numbered from 1. */
const groups = { MEM: 4, DOC: 4, ENT: 6, AUT: 6, LOC: 6, LNK: 6, MSH: 5, LIM: 1 } as const;

export const ruleNames: readonly string[] = Object.entries(groups).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, at) => `R-${group}-${at + 1}`),
);

/** As much as is read of Vitest's JSON report. */
export interface TestReport {
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly { fullName: string; status: string }[];
  }[];
}

export interface RuleCount {
  rule: string;
  passed: number;
  failed: number;
}

/**
 * How the tests of each rule went, by the `[R-…]` in their names. A skipped test is none.
 * @returns also the numbers that tests name and no rule has, and the files whose tests could not be run
 */
export function countRules(report: TestReport): { counts: RuleCount[]; strangers: string[]; broken: string[] } {
  const counts = new Map(ruleNames.map((rule) => [rule, { rule, passed: 0, failed: 0 }]));
  const strangers = new Set<string>();
  const broken: string[] = [];
  for (const file of report.testResults) {
    if (file.status === 'failed' && file.assertionResults.length === 0) broken.push(file.name);
    for (const { fullName, status } of file.assertionResults) {
      for (const rule of new Set([...fullName.matchAll(/\[(R-[A-Z]+-\d+)\]/g)].map(([, name = '']) => name))) {
        const count = counts.get(rule);
        if (count === undefined) strangers.add(rule);
        else if (status === 'passed') count.passed += 1;
        else if (status === 'failed') count.failed += 1;
      }
    }
  }
  return { counts: [...counts.values()], strangers: [...strangers], broken };
}

export function ruleLine({ rule, passed, failed }: RuleCount): string {
  if (failed > 0) return `${rule} FAILED`;
  return passed === 0 ? `${rule} no test` : `${rule} passed (${passed} ${passed === 1 ? 'test' : 'tests'})`;
}
