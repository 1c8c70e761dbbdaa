import { expect, test } from 'vitest';
import { joinLink } from '../../../../shared/session/join-link.ts';
import { readMaxUses } from '../../../../src-renderer/features/people/link-form.tsx';
import { qrPath } from '../../../../src-renderer/ui/qr-code.tsx';
import { readPicture } from '../../../support/read-picture.ts';
import { readInvitation, searchOfLink } from '../../../../src-renderer/features/sessions/invitation-link.ts';

const link = joinLink({ server: 'https://band.example:4777', key: 'a'.repeat(43), code: 'ABCD2345' });

test('the picture of a link is read as that link', () => {
  expect(readPicture(qrPath(link))).toBe(link);
});

test('a pasted link leads to its server, key and code', () => {
  const search = searchOfLink(` ${link}\n`);
  expect(readInvitation(new URLSearchParams(search ?? ''))).toEqual({
    server: 'https://band.example:4777',
    key: 'a'.repeat(43),
    code: 'ABCD2345',
  });
  expect(searchOfLink('http://127.0.0.1:5123/join?code=ABCD2345')).toBe('?code=ABCD2345');
  const host = joinLink({ server: 'http://192.168.1.20:4777', key: 'a'.repeat(43), code: null });
  expect(readInvitation(new URLSearchParams(searchOfLink(host) ?? ''))).toMatchObject({ server: 'http://192.168.1.20:4777', code: '' });
});

test.each([
  'ABCD2345',
  'abcd 2345',
  'chordme://join',
  'chordme://elsewhere?code=ABCD2345',
  'javascript:alert(1)//join?code=A',
  'https://band.example/?code=A',
  'x'.repeat(5_000),
])('%.40j is no link', (text) => {
  expect(searchOfLink(text)).toBeNull();
});

test.each<[string, number | null | undefined]>([
  ['', null],
  [' 3 ', 3],
  ['1000', 1_000],
  ['0', undefined],
  ['1001', undefined],
  ['1.5', undefined],
  ['many', undefined],
])('uses typed as %j', (text, uses) => {
  expect(readMaxUses(text)).toBe(uses);
});
