import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Copy, Lock, Undo2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { SongHistory, SongVersion } from '../../../shared/ledger/song-history.ts';
import { partsOf, withPart, type SongPart } from '../../../shared/music/song-parts.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault, sayUndoable } from '../../ui/notices.tsx';
import { PersonBadge } from '../../ui/person-badge.tsx';
import { TextDiff } from '../chart/text-diff.tsx';
import { shortQuote } from '../session/comment-words.ts';
import { LineAuthors } from './line-authors.tsx';
import { colorOf, momentOf, nameOf, type People, versionName } from './version-names.ts';

const words = en.songHistory;
/** Values of the list of what a version is compared with that are no version. */
const [previous, start, now] = ['previous', 'start', 'now'] as const;
/** Of the list of what is brought back. */
const whole = 'whole';

/** Gives the song another text, made of what it reads now; answers its undo, null when it reads so already. */
export type RestoreText = (change: (now: string) => string) => Promise<(() => void) | null>;

interface SongVersionsProps {
  restoreText: RestoreText;
  title: string;
  history: SongHistory;
  /** Null: only one person ever wrote it, and nobody asks who. */
  people: People | null;
  /** Why the song cannot be changed now; null when it can. */
  whyNot: string | null;
  onChanged: () => void;
}

function VersionChoice({
  version,
  people,
  isChosen,
  onChoose,
}: {
  version: SongVersion;
  people: People | null;
  isChosen: boolean;
  onChoose: () => void;
}): ReactElement {
  const name = people === null ? null : nameOf(version.user_id, people);
  return (
    <button type="button" className="history-choice" aria-pressed={isChosen} onClick={onChoose}>
      {name !== null && <PersonBadge name={name} color={colorOf(version.user_id, people ?? []) ?? 'var(--cm-muted)'} size={24} />}
      <span className="cm-grow">
        <span className="cm-ellipsis">{name ?? momentOf(version.toMs)}</span>
        {name !== null && <span className="cm-muted cm-small history-line">{momentOf(version.toMs)}</span>}
        <span className="cm-muted cm-small history-line">
          {words.amount(version.added, version.removed)}
          {version.n === null && ` · ${words.pending}`}
        </span>
      </span>
    </button>
  );
}

/** What of a version would change the song as it is now. */
function partsToRestore(version: string, newest: string): SongPart[] {
  return version === newest ? [] : partsOf(version).filter((part) => withPart(newest, part, version) !== newest);
}

function partName({ type, label, words: sung }: SongPart): string {
  if (label !== null && label !== '') return label;
  if (type === 'none') return words.paragraph(shortQuote(sung));
  return words.section(type.replaceAll('_', ' '), shortQuote(sung));
}

/** The versions of one song: one is chosen, shown beside another, brought back, copied. */
export function SongVersions({ restoreText, title, history, people, whyNot, onChanged }: SongVersionsProps): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const { versions } = history;
  const [chosenId, choose] = useState<string | null>(null);
  const [otherId, compareWith] = useState<string>(previous);
  const [partId, choosePart] = useState<string>(whole);
  const [view, setView] = useState<'changes' | 'lines'>('changes');
  const newest = versions.at(-1);
  const chosen = versions.find(({ id }) => id === chosenId) ?? newest;
  if (chosen === undefined || newest === undefined) return <p>{words.emptyTitle}</p>;
  const at = versions.indexOf(chosen);

  function textOf(id: string): string {
    if (id === now) return newest?.text ?? '';
    if (id === start) return history.start;
    const other = id === previous ? versions[at - 1] : versions.find((version) => version.id === id);
    return other?.text ?? history.start;
  }
  // What is compared with a later one stands before it, whichever was chosen first.
  const isLater = otherId === now || versions.findIndex(({ id }) => id === otherId) > at;
  const [before, after] = isLater ? [chosen.text, textOf(otherId)] : [textOf(otherId), chosen.text];

  const parts = partsToRestore(chosen.text, newest.text);
  const part = parts.find(({ from }) => `part ${String(from)}` === partId);
  const restore = async (): Promise<void> => {
    try {
      const undo = await restoreText((current) => (part === undefined ? chosen.text : withPart(current, part, chosen.text)));
      if (undo === null) sayDone(words.isNow);
      else sayUndoable(part === undefined ? words.restored(title) : words.partRestored(partName(part)), undo);
      onChanged();
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const copy = async (): Promise<void> => {
    try {
      await ask(bridge, 'library.create', { chordpro: chosen.text });
      await client.invalidateQueries({ queryKey: keys.library });
      sayDone(words.copied(title));
    } catch (error) {
      sayFault(toFault(error));
    }
  };
  const others = versions.toReversed().filter(({ id }) => id !== chosen.id);
  return (
    <>
      <nav className="history-list" aria-label={words.versions}>
        {versions.toReversed().map((version) => (
          <VersionChoice
            key={version.id}
            version={version}
            people={people}
            isChosen={version === chosen}
            onChoose={() => choose(version.id)}
          />
        ))}
      </nav>
      <article className="history-view" aria-label={versionName(chosen, people)}>
        <header className="history-head">
          <h2 className="cm-grow cm-ellipsis">{versionName(chosen, people)}</h2>
          {people !== null && (
            <SegmentedControl
              size="xs"
              aria-label={words.views.label}
              value={view}
              onChange={(value) => setView(value === 'lines' ? 'lines' : 'changes')}
              data={[
                { value: 'changes', label: words.views.changes },
                { value: 'lines', label: words.views.lines },
              ]}
            />
          )}
          <NativeSelect
            size="xs"
            aria-label={words.compare}
            value={otherId}
            onChange={({ currentTarget }) => compareWith(currentTarget.value)}
            data={[
              { value: previous, label: words.previous },
              { value: now, label: words.now },
              { value: start, label: words.start },
              ...others.map((version) => ({ value: version.id, label: versionName(version, people) })),
            ]}
          />
          <Button variant="default" size="xs" leftSection={<Copy size={14} aria-hidden="true" />} onClick={() => void copy()}>
            {words.copy}
          </Button>
          {whyNot === null && (
            <>
              {parts.length > 0 && (
                <NativeSelect
                  size="xs"
                  aria-label={words.what}
                  value={part === undefined ? whole : partId}
                  onChange={({ currentTarget }) => choosePart(currentTarget.value)}
                  data={[
                    { value: whole, label: words.whole },
                    ...parts.map((one) => ({ value: `part ${String(one.from)}`, label: partName(one) })),
                  ]}
                />
              )}
              <Button
                size="xs"
                title={words.restoreHint}
                leftSection={<Undo2 size={14} aria-hidden="true" />}
                onClick={() => void restore()}
              >
                {part === undefined ? words.restore : words.restorePart}
              </Button>
            </>
          )}
        </header>
        {whyNot !== null && (
          <p className="history-remark cm-muted">
            <Lock size={13} aria-hidden="true" /> {whyNot}
          </p>
        )}
        {people !== null && view === 'lines' && <LineAuthors lines={history.lines} people={people} />}
        {view === 'changes' && before === after && <p className="history-remark cm-muted">{words.same}</p>}
        {view === 'changes' && <TextDiff before={before} after={after} labels={[words.older, words.newer]} />}
      </article>
    </>
  );
}
