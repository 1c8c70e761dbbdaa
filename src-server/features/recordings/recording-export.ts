import type { z } from 'zod';
import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { exportFormats, Recording, RecordingEvent, recordingExportSchema } from '../../../shared/session/recording-schemas.ts';
import type { RecordingRow } from '../../database/schema.ts';
import type { RecordedLedger, SongThen } from './recorded-ledger.ts';
import type { RecordingReader } from './recording-reader.ts';
import { type ZipFile, zipOf } from './zip.ts';

type Format = (typeof exportFormats)[number];
const mediaTypes: Record<Format, string> = { json: 'application/json', csv: 'text/csv; charset=utf-8', zip: 'application/zip' };

const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** RFC 4180. */
function csvOf(events: readonly RecordingEvent[]): string {
  const lines = events.map(({ type, user_id, relative_ms, at, data }) =>
    [type, user_id, String(relative_ms), at, JSON.stringify(data)].map(quoted).join(','),
  );
  return ['type,user_id,relative_ms,at,data', ...lines].map((line) => `${line}\r\n`).join('');
}

/** A name that every file system takes. */
function fileName(text: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, '_')
    .replaceAll(/^[. ]+|[. ]+$/g, '')
    .slice(0, 80);
  return plain === '' ? 'untitled' : plain;
}

function songFiles(folder: string, songs: readonly SongThen[]): ZipFile[] {
  return songs.map(({ title, chordpro }, at) => ({ name: `${folder}/${at + 1} ${fileName(title)}.cho`, content: chordpro }));
}

export function createRecordingExport(reader: RecordingReader, ledger: Pick<RecordedLedger, 'songsAt'>) {
  /** The songs at the end and at each mark; nothing where the ledger was numbered anew since. */
  async function songs(row: RecordingRow, events: readonly RecordingEvent[], isSameGeneration: boolean): Promise<ZipFile[]> {
    if (!isSameGeneration) return [];
    const marks = events.filter(({ type }) => type === 'marker_added');
    const numbers = marks.map(({ data }) => Number(data['n']));
    const [atEnd = [], ...atMarks] = (await ledger.songsAt(row.session_id, [...numbers, row.to_n])).toReversed();
    const files = marks.map((mark, at) => songFiles(`marks/${at + 1} ${fileName(String(mark.data['name']))}`, atMarks.at(-1 - at) ?? []));
    return [...songFiles('songs', atEnd), ...files.flat()];
  }

  return async (
    row: RecordingRow,
    shown: Recording,
    format: Format,
    isSameGeneration: boolean,
  ): Promise<z.infer<typeof recordingExportSchema>> => {
    const events: RecordingEvent[] = [];
    for await (const event of reader.events(row, 0, row.duration_ms)) events.push(event);
    const json = () => `${JSON.stringify({ recording: shown, events })}\n`;
    let content: string;
    if (format === 'zip') {
      const files = [
        { name: 'recording.json', content: json() },
        { name: 'events.csv', content: csvOf(events) },
        ...(await songs(row, events, isSameGeneration)),
      ];
      content = zipOf(files, Date.parse(row.started_at)).toString('base64');
    } else content = format === 'csv' ? csvOf(events) : json();
    if (Buffer.byteLength(content) > limits.recordingExportBytes) throw new Fault('too-large');
    return {
      format,
      name: `recording-${row.started_at.slice(0, 16).replaceAll(/[T:]/g, '-')}.${format}`,
      media_type: mediaTypes[format],
      encoding: format === 'zip' ? 'base64' : 'utf-8',
      content,
    };
  };
}
