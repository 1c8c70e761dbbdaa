import { Button, SegmentedControl } from '@mantine/core';
import { Download, Lock, Undo2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { toFault } from '../../app/queries.ts';
import type { Draft } from '../../../shared/ledger/draft.ts';
import type { LiveSession } from '../../session/live-session.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { When } from '../../ui/when.tsx';
import { ChartView } from '../chart/chart-view.tsx';
import { fileName } from '../chart/out/file-name.ts';
import { saveFile } from '../chart/out/save-file.ts';
import { songFormats } from '../chart/out/song-formats.ts';
import { TextDiff } from '../chart/text-diff.tsx';
import { useViewSettings } from '../chart/view-settings.ts';

const sides = [en.drafts.asItIs, en.drafts.yours] as const;

export function titleOf(draft: Draft): string {
  return draft.title === '' ? en.drafts.untitled : draft.title;
}

function Charts({ draft }: { draft: Draft }): ReactElement {
  const [settings] = useViewSettings(draft.song_id);
  return (
    <div className="draft-charts">
      <section aria-label={en.drafts.asItIs}>
        <ChartView source={draft.current} settings={settings} />
      </section>
      <section aria-label={en.drafts.yours}>
        <ChartView source={draft.text} settings={settings} />
      </section>
    </div>
  );
}

interface DraftViewProps {
  live: LiveSession;
  draft: Draft;
  /** Why it cannot be applied now; null when it can. */
  whyNot: string | null;
}

/** One draft beside its song, and what can be done with it. */
export function DraftView({ live, draft, whyNot }: DraftViewProps): ReactElement {
  const [view, setView] = useState<'changes' | 'charts'>('changes');
  const title = titleOf(draft);
  const apply = (): void => {
    try {
      const undo = live.drafts.apply(draft);
      if (undo !== null) sayUndoable(en.drafts.applied(title), () => void (undo() || sayDone(en.drafts.notUndone)));
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const save = (): void => {
    const { extension, mediaType } = songFormats.chordpro;
    saveFile(fileName(draft.title, extension), mediaType, draft.text);
  };
  const isSame = draft.text === draft.current;
  return (
    <article className="draft-view" aria-label={title}>
      <header className="draft-head">
        <div className="cm-grow">
          <h2 className="cm-ellipsis" dir="auto">
            {title}
          </h2>
          <p className="cm-muted cm-small">
            {en.drafts.changes(draft.entry_count)}, <When at={new Date(draft.since).toISOString()} />
          </p>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={en.drafts.views.label}
          value={view}
          onChange={(value) => setView(value === 'charts' ? 'charts' : 'changes')}
          data={[
            { value: 'changes', label: en.drafts.views.changes },
            { value: 'charts', label: en.drafts.views.charts },
          ]}
        />
        <Button variant="default" leftSection={<Download size={16} aria-hidden="true" />} onClick={save}>
          {en.drafts.save}
        </Button>
        <Button variant="default" onClick={() => sayUndoable(en.drafts.dismissed(title), live.drafts.dismiss(draft))}>
          {en.drafts.dismiss}
        </Button>
        {whyNot === null && !(isSame && draft.has_song) && (
          <Button leftSection={<Undo2 size={16} aria-hidden="true" />} onClick={apply}>
            {en.drafts.apply}
          </Button>
        )}
      </header>
      {whyNot !== null && (
        <p className="draft-remark cm-muted">
          <Lock size={13} aria-hidden="true" /> {whyNot}
        </p>
      )}
      {!draft.has_song && <p className="draft-remark cm-muted">{en.drafts.noSong}</p>}
      {isSame && draft.has_song && <p className="draft-remark cm-muted">{en.drafts.noDifference}</p>}
      <div className="draft-sides" aria-hidden="true">
        <span>{en.drafts.asItIs}</span>
        <span>{en.drafts.yours}</span>
      </div>
      {view === 'changes' ? <TextDiff before={draft.current} after={draft.text} labels={sides} /> : <Charts draft={draft} />}
    </article>
  );
}
