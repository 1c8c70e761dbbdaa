import { expect, test } from 'vitest';
import { checkAccount } from '../../../../src-renderer/features/account/check-account.ts';

const whole = { name: 'Ann', email: 'ann@example.org', password: 'twelve strings' };

test('a new account needs a name, an address and a long password', () => {
  expect(checkAccount('create', whole)).toEqual({});
  expect(Object.keys(checkAccount('create', { name: ' ', email: 'ann', password: 'short' }))).toEqual(['name', 'email', 'password']);
});

test('signing in needs no name, and leaves old short passwords to the server', () => {
  expect(checkAccount('sign-in', { ...whole, name: '', password: 'short' })).toEqual({});
  expect(Object.keys(checkAccount('sign-in', { ...whole, password: '' }))).toEqual(['password']);
});
