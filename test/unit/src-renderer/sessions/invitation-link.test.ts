import { expect, test } from 'vitest';
import { readInvitation } from '../../../../src-renderer/features/sessions/invitation-link.ts';

const read = (query: string) => readInvitation(new URLSearchParams(query));

test('a whole invitation', () => {
  expect(read('server=https%3A%2F%2Fband.example%2Fx&key=abc&code=ABCD2345')).toEqual({
    server: 'https://band.example',
    key: 'abc',
    code: 'ABCD2345',
  });
});

test('a bare code means the chosen server', () => {
  expect(read('code=abcd2345')).toEqual({ server: null, key: null, code: 'abcd2345' });
});

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'https://me:secret@band.example', 'nonsense', ''])('%o is no server', (server) => {
  expect(readInvitation(new URLSearchParams({ server, code: 'ABCD2345' })).server).toBeNull();
});

test('a code of a million letters is cut', () => {
  expect(read(`code=${'A'.repeat(1_000_000)}`).code).toHaveLength(20);
});
