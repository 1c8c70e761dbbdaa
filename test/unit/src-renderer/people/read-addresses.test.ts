import { expect, test } from 'vitest';
import { readAddresses } from '../../../../src-renderer/features/people/read-addresses.ts';

test.each<[string, readonly string[], readonly string[]]>([
  ['bob@example.org', ['bob@example.org'], []],
  [
    '  bob@example.org , cy@example.org;dee@example.org\neve@example.org ',
    ['bob@example.org', 'cy@example.org', 'dee@example.org', 'eve@example.org'],
    [],
  ],
  ['Bob Hill <bob@example.org>, "Dee, the drummer" <dee@example.org>', ['bob@example.org', 'dee@example.org'], []],
  ['bob@example.org BOB@example.org', ['BOB@example.org'], []],
  ['bob@example.org, nonsense', ['bob@example.org'], ['nonsense']],
  ['Bob <nonsense>', [], ['nonsense']],
  ['', [], []],
])('%j', (text, emails, bad) => {
  expect(readAddresses(text)).toEqual({ emails, bad });
});

test('a text of any length is read in no time', () => {
  expect(readAddresses('<'.repeat(15_000)).emails).toEqual([]);
  expect(readAddresses('a,'.repeat(7_000)).bad).toEqual(['a']);
});
