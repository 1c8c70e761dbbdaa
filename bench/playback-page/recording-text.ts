import { fromHex, toHex } from '../../shared/base/ids.ts';
import { parseEntry } from '../../shared/ledger/entry.ts';
import { encodeRecord, parseRecord } from '../../shared/ledger/record.ts';
import type { StatementDevice } from '../../shared/ledger/statement.ts';
import type { RecordingSource } from '../../shared/playback/read-playback.ts';
import type { TrackEvent } from '../../shared/playback/track-event.ts';

interface Text {
  startedMs: number;
  durationMs: number;
  records: string[];
  entries: (string | null)[];
  track: TrackEvent[];
  devices: StatementDevice[];
}

/** A recording from the first entry on, as text, to be read in a page. */
export function recordingToText({ startedMs, durationMs, recorded, track, device }: RecordingSource): string {
  const ids = new Set(recorded.flatMap(({ entry }) => entry?.device ?? []));
  const text: Text = {
    startedMs,
    durationMs,
    records: recorded.map(({ record }) => toHex(encodeRecord(record))),
    entries: recorded.map(({ entry }) => (entry === null ? null : toHex(entry.bytes))),
    track: [...track],
    devices: [...ids].flatMap((id) => device(id) ?? []),
  };
  return JSON.stringify(text);
}

export function recordingFromText(json: string): RecordingSource {
  const { startedMs, durationMs, records, entries, track, devices } = JSON.parse(json) as Text;
  const byId = new Map(devices.map((one) => [one.device_id, one]));
  const recorded = records.flatMap((hex, at) => {
    const [record, bytes] = [parseRecord(fromHex(hex)), entries[at] ?? null];
    return record === null ? [] : [{ record, entry: bytes === null ? null : parseEntry(fromHex(bytes)) }];
  });
  return { startedMs, durationMs, fromN: 0, base: null, earlier: [], recorded, track, device: (id) => byId.get(id) };
}
