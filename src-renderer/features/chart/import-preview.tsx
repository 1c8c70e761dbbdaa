import { Button, Group, Modal, NativeSelect, Stack } from '@mantine/core';
import { useMemo, useState, type ReactElement } from 'react';
import { readSongHead } from '../../../shared/music/read-song-head.ts';
import { parseSong } from '../../../shared/music/parse-song.ts';
import { chartText, sourceFormatNames } from './chart-text.ts';
import { ChartView } from './chart-view.tsx';
import { guessFormat, takeIn, type SourceFormat } from './take-in/song-format.ts';
import { defaultViewSettings } from './view-settings.ts';

export interface ForeignSong {
  /** Of the file, or what the person called it. */
  name: string;
  text: string;
}

export interface ImportPreviewProps {
  songs: readonly ForeignSong[];
  onCancel: () => void;
  /** ChordPro of all songs that could be read, in their order. */
  onImport: (songs: { name: string; chordpro: string }[]) => void;
}

/** More than anybody reads before looking at the song itself. */
const remarksShown = 20;
const view = { ...defaultViewSettings, size: 13 };
const formats = (Object.keys(sourceFormatNames) as SourceFormat[]).map((value) => ({ value, label: sourceFormatNames[value] }));

/** Songs from elsewhere, as they would become, before anything is kept. */
export function ImportPreview({ songs, onCancel, onImport }: ImportPreviewProps): ReactElement {
  const [chosen, setChosen] = useState<Readonly<Record<number, SourceFormat>>>({});
  const [current, setCurrent] = useState(0);
  const taken = useMemo(
    () =>
      songs.map(({ name, text }, at) => {
        const format = chosen[at] ?? guessFormat(text);
        const song = takeIn(text, format);
        const problems = song === null ? [] : parseSong(song.chordpro).diagnostics;
        const remarks = new Set([...(song?.notes ?? []), ...problems.map(({ line, message }) => chartText.onLine(line, message))]);
        return { name, format, song, remarks: [...remarks] };
      }),
    [songs, chosen],
  );
  const shown = taken[current];
  const readable = taken.flatMap(({ name, song }) => (song === null ? [] : [{ name, chordpro: song.chordpro }]));
  const options = taken.map(({ name, song, remarks }, at) => {
    const title = song === null ? '' : readSongHead(song.chordpro).title;
    return { value: String(at), label: chartText.importOption(title === '' ? name : title, song === null ? null : remarks.length) };
  });
  return (
    <Modal
      opened
      onClose={onCancel}
      title={chartText.importTitle(songs.length)}
      size="xl"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': chartText.close }}
    >
      <Stack gap="sm">
        <Group grow align="flex-end">
          {songs.length > 1 && (
            <NativeSelect
              label={chartText.importSong}
              data={options}
              value={String(current)}
              onChange={(event) => setCurrent(Number(event.currentTarget.value))}
            />
          )}
          {shown !== undefined && (
            <NativeSelect
              label={chartText.importFormat}
              data={formats}
              value={shown.format}
              onChange={(event) => {
                const picked = formats.find(({ value }) => value === event.currentTarget.value);
                if (picked !== undefined) setChosen({ ...chosen, [current]: picked.value });
              }}
            />
          )}
        </Group>
        {shown?.song === null && <p className="chart-warning">{chartText.importNotOfFormat(sourceFormatNames[shown.format])}</p>}
        {shown !== undefined && shown.song !== null && (
          <>
            {shown.remarks.length > 0 && (
              <div className="chart-warning">
                <strong>{chartText.importNotes}</strong>
                <ul className="chart-import-notes">
                  {shown.remarks.slice(0, remarksShown).map((remark) => (
                    <li key={remark}>{remark}</li>
                  ))}
                  {shown.remarks.length > remarksShown && <li>{chartText.importMore(shown.remarks.length - remarksShown)}</li>}
                </ul>
              </div>
            )}
            <section className="chart-import-preview" aria-label={chartText.importPreview}>
              <ChartView source={shown.song.chordpro} settings={view} />
            </section>
          </>
        )}
        <Group justify="flex-end">
          {readable.length < songs.length && <p className="chart-quiet">{chartText.importSkipped(songs.length - readable.length)}</p>}
          <Button variant="default" onClick={onCancel}>
            {chartText.cancel}
          </Button>
          <Button onClick={() => onImport(readable)} disabled={readable.length === 0}>
            {chartText.importNow(readable.length)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
