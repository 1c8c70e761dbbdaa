import { expect, test } from 'vitest';
import type { SentInvitation } from '../../../../shared/session/invitation-schemas.ts';
import { stillWaiting } from '../../../../src-renderer/features/people/still-waiting.ts';

let day = 0;
function invitation(email: string, status: SentInvitation['status']): SentInvitation {
  day += 1;
  const at = `2026-01-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  return {
    id: `0198f000-0000-7000-8000-0000000000${String(day).padStart(2, '0')}`,
    session_id: '0198f000-0000-7000-8000-000000000001',
    session_name: 'Friday',
    email,
    role: 'editor',
    role_label: 'Player',
    message: '',
    status,
    invited_by: { id: '0198f000-0000-7000-8000-000000000002', name: 'Ann' },
    created_at: at,
    expires_at: at,
    answered_at: null,
    code: null,
    link: null,
  };
}

const shown = (from: readonly SentInvitation[]) => stillWaiting(from).map(({ email, status }) => [email, status]);

test('who declined and came later is not waited for; who declined, was invited again and has not answered is', () => {
  const list = [
    invitation('bob@example.org', 'declined'),
    invitation('bob@example.org', 'accepted'),
    invitation('cy@example.org', 'declined'),
    invitation('cy@example.org', 'pending'),
    invitation('dan@example.org', 'expired'),
    invitation('eve@example.org', 'pending'),
    invitation('eve@example.org', 'revoked'),
  ];
  const expected = [
    ['cy@example.org', 'pending'],
    ['dan@example.org', 'expired'],
  ];
  expect(shown(list)).toEqual(expected);
  expect(shown(list.toReversed())).toEqual(expected.toReversed());
});
