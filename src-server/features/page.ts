import { z } from 'zod';
import { Fault } from '../../shared/base/errors.ts';
import { uuidSchema } from '../../shared/base/ids.ts';

const positionSchema = z.tuple([z.iso.datetime({ precision: 3 }), uuidSchema]);

/** Where a page of a list ends that is sorted by a time and, among equals, by id; both falling. */
export type Position = z.infer<typeof positionSchema>;

function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** Throws 'bad-request' for what `writeCursor` did not write. */
export function readCursor(cursor: string): Position {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Fault('bad-request', undefined, [{ path: 'cursor', message: 'not a cursor of this list' }]);
  }
}

/** A page of at most `limit` from rows of which one more was asked for. */
export function pageFrom<Row>(rows: readonly Row[], limit: number, positionOf: (row: Row) => Position) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next_cursor: rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null };
}

/** A text as a pattern of LIKE … ESCAPE '\' that finds it anywhere. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
