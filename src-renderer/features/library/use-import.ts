import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { splitSongs } from '../../../shared/music/split-songs.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { sayFault } from '../../ui/notices.tsx';
import type { ForeignSong } from '../chart/import-preview.tsx';
import { sampleSongs } from './sample-songs.ts';
import { importSongFiles, type ImportReport } from './song-files.ts';
import { sortSongFiles } from './sort-song-files.ts';
import { stemOf, titledSong } from './titled-song.ts';

export interface Import {
  /** Null while none runs. */
  progress: { done: number; all: number } | null;
  report: ImportReport | null;
  /** Songs in other forms than ChordPro, to be looked at before they are kept. */
  foreign: readonly ForeignSong[];
  /** @param opens one file that is one song is opened, as it is in the library */
  start: (files: readonly File[], options?: { opens: boolean }) => void;
  startSamples: () => void;
  /** Songs that did not come as files. */
  look: (songs: readonly ForeignSong[]) => void;
  keep: (songs: readonly { name: string; chordpro: string }[]) => void;
  leaveOut: () => void;
  dismiss: () => void;
}

/** One import at a time, with its progress and its report. */
export function useImport(): Import {
  const bridge = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [progress, setProgress] = useState<Import['progress']>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [foreign, setForeign] = useState<readonly ForeignSong[]>([]);

  const run = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      sayFault(toFault(error));
    } finally {
      setProgress(null);
      await client.invalidateQueries({ queryKey: keys.library });
    }
  };
  const importFiles = async (files: readonly File[], { opens }: { opens: boolean }): Promise<void> => {
    setReport(null);
    const { plain, foreign: found } = await sortSongFiles(files);
    setForeign(found);
    if (plain.length === 0) return;
    setProgress({ done: 0, all: plain.length });
    const added = await importSongFiles(bridge, plain, {
      keepsKnown: opens,
      onProgress: (done) => setProgress({ done, all: plain.length }),
    });
    const [song] = added.songs;
    const isOne = opens && files.length === 1 && added.songs.length === 1 && added.problems.length === 0;
    if (isOne && song !== undefined) await navigate(`/song/${song.id}`);
    else setReport(added);
  };
  const keepAll = async (texts: readonly { name: string; chordpro: string }[]): Promise<void> => {
    const songs = texts.flatMap(({ name, chordpro }) => splitSongs(chordpro).map((song) => ({ name, chordpro: song })));
    setForeign([]);
    const added: ImportReport['songs'] = [];
    for (const [at, { name, chordpro }] of songs.entries()) {
      setProgress({ done: at, all: songs.length });
      // One after another: each is a call of its own, and progress can be shown between them.
      // oxlint-disable-next-line no-await-in-loop
      added.push(await ask(bridge, 'library.create', { chordpro: titledSong(chordpro, stemOf(name)) }));
    }
    setReport((before) => ({ songs: [...(before?.songs ?? []), ...added], problems: before?.problems ?? [] }));
  };
  return {
    progress,
    report,
    foreign,
    start: (files, options = { opens: false }) => {
      if (files.length > 0 && progress === null) void run(() => importFiles(files, options));
    },
    startSamples: () => {
      if (progress === null) void run(async () => importFiles(await sampleSongs(), { opens: false }));
    },
    look: (songs) => {
      setReport(null);
      setForeign(songs);
    },
    keep: (songs) => void run(() => keepAll(songs)),
    leaveOut: () => setForeign([]),
    dismiss: () => setReport(null),
  };
}
