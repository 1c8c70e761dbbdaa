import type { Playback, Talk } from '../../../shared/playback/playback.ts';

/** Something that was said or marked, with its moment. */
export interface SaidThen {
  id: string;
  ms: number;
  user_id: string;
  text: string;
  kind: 'message' | 'comment' | 'mark';
  /** The words that a comment is about. */
  quote: string | null;
}

/** Messages, comments with their answers, and marks, in the order of their moments. */
export function saidLines(playback: Playback, { messages, threads, marks }: Talk): SaidThen[] {
  const said = (id: string): Pick<SaidThen, 'id' | 'ms'> => ({ id, ms: playback.msOf(id.slice(0, 64)) });
  const lines: SaidThen[] = [
    ...messages.map(({ id, user_id, text }): SaidThen => ({ ...said(id), user_id, text, kind: 'message', quote: null })),
    ...threads.flatMap(({ anchor, first, replies }) =>
      [first, ...replies].flatMap((remark): SaidThen[] => {
        if (remark === null) return [];
        const { id, user_id, text } = remark;
        return [{ ...said(id), user_id, text, kind: 'comment', quote: anchor?.quote ?? null }];
      }),
    ),
    ...marks.map(({ id, user_id, name }): SaidThen => ({ ...said(id), user_id, text: name, kind: 'mark', quote: null })),
  ];
  return lines.sort((a, b) => a.ms - b.ms);
}
