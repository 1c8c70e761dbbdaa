import { joinCodeAlphabet } from '../../../shared/session/schemas.ts';
import type { Database } from '../../database/open-database.ts';
import type { Deps } from '../../deps.ts';

const codeLength = 8;

/** A code that neither a link nor an invitation has. Each letter equally likely: bytes above the last whole multiple of 30 are thrown again. */
export function makeJoinCode(db: Database, { random }: Pick<Deps, 'random'>): string {
  const fair = 256 - (256 % joinCodeAlphabet.length);
  const isKnown = (code: string) =>
    (['join_links', 'invitations'] as const).some(
      (table) => db.first(db.query.selectFrom(table).select('id').where('code', '=', code)) !== undefined,
    );
  for (;;) {
    let code = '';
    while (code.length < codeLength) {
      for (const byte of random(16)) {
        if (byte < fair && code.length < codeLength) code += joinCodeAlphabet.charAt(byte % joinCodeAlphabet.length);
      }
    }
    if (!isKnown(code)) return code;
  }
}
