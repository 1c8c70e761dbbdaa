import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { makeCheckpoint } from '../../../../shared/ledger/make-checkpoint.ts';
import type { LedgerBase } from '../../../../shared/ledger/ledger-base.ts';
import { entryKinds } from '../../../../shared/ledger/entry.ts';
import { encodeJson } from '../../../../shared/ledger/payloads.ts';
import { addSongSets } from '../../../../shared/ledger/setlist.ts';
import { Fault } from '../../../../shared/base/errors.ts';
import type { KeptDraft } from '../../../../shared/ipc/contract.ts';
import { DraftDesk } from '../../../../src-renderer/session/draft-desk.ts';
import type { DraftShelf } from '../../../../src-renderer/session/draft-shelf.ts';
import { SessionWriter } from '../../../../src-renderer/session/session-writer.ts';
import { Band, settled, songId, type Member } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

interface Shelf extends DraftShelf {
  marks: Set<string>;
  texts: KeptDraft[];
  counts: number[];
}

function shelfOf(): Shelf {
  const marks = new Set<string>();
  const texts: KeptDraft[] = [];
  const counts: number[] = [];
  return {
    marks,
    texts,
    counts,
    dismissed: [],
    kept: [],
    keptWords: [],
    dismiss: (more) => {
      for (const mark of more) marks.add(mark);
    },
    restore: (back) => {
      for (const mark of back) marks.delete(mark);
    },
    keep: (drafts) => void texts.push(...drafts),
    keepWords: () => undefined,
    note: (count) => void counts.push(count),
  };
}

function deskOf(member: Member, shelf: DraftShelf, mayEdit = true): DraftDesk {
  return new DraftDesk({
    ledger: member.ledger,
    userId: member.ledger.device(member.device)?.user_id ?? '',
    shelf,
    origin: Symbol('test'),
    mayEdit: () => mayEdit,
    writer: () => new SessionWriter({ ledger: member.ledger, author: member.author, device: member.device, onFailure: () => undefined }),
    addSong: (id) => {
      const sets = addSongSets([], id, '0198f000-0000-7000-8000-0000000000bb');
      void member.author.write(entryKinds.songSet, encodeJson({ sets, lamport: member.ledger.fold.nextLamport }));
      return () => undefined;
    },
    onChange: () => undefined,
  });
}

/** Bob, demoted while he wrote without a line, and promoted again. */
async function scene(): Promise<{ band: Band; ann: Member; bob: Member }> {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  new Pipe(ann, band);
  const line = new Pipe(bob, band);
  await settled(() => band.members.every((member) => member.replica.views.length === 1), band);
  const sets = addSongSets([], songId, '0198f000-0000-7000-8000-0000000000cc');
  await ann.author.write(entryKinds.songSet, encodeJson({ sets, lamport: 1 }));
  ann.type(0, 'one two three');
  await settled(() => bob.ledger.n === 2, band);
  line.cut();
  bob.type(13, ' mine');
  await settled(() => bob.entriesMade.length === 1, band);
  await band.setRole(bob, 'viewer');
  new Pipe(bob, band);
  await settled(() => bob.ledger.n === 3, band);
  await band.setRole(bob, 'editor');
  await settled(() => bob.ledger.statement?.claims.epoch === band.ledger.statement?.claims.epoch, band);
  return { band, ann, bob };
}

test('[R-LOC-3] a draft is applied again as one step that leaves what others wrote, and taken back', async () => {
  const { band, ann, bob } = await scene();
  const shelf = shelfOf();
  const desk = deskOf(bob, shelf);
  expect(desk.summary()).toEqual({ count: 1, why: 'earlier' });
  ann.text.delete(3, 4);
  await settled(() => bob.ledger.n === 4, band);
  const [draft] = desk.list();
  if (draft === undefined) throw new Error('no draft');
  const undo = desk.apply(draft);
  await settled(() => ann.text.toJSON() === 'one three mine', band);
  expect(desk.list()).toEqual([]);
  expect(desk.summary()).toEqual({ count: 0, why: null });
  expect([...shelf.marks]).toEqual(draft.marks);
  expect(undo?.()).toBe(true);
  await settled(() => ann.text.toJSON() === 'one three', band);
  expect(desk.list()).toHaveLength(1);
  expect(shelf.marks.size).toBe(0);
  expect(shelf.counts).toEqual([1, 0]);
  expect(desk.summary().count).toBe(1);
});

test('[R-LOC-3] a draft is not applied by who may not write, and not twice', async () => {
  const { bob } = await scene();
  const desk = deskOf(bob, shelfOf());
  const [draft] = desk.list();
  if (draft === undefined) throw new Error('no draft');
  expect(() => deskOf(bob, shelfOf(), false).apply(draft)).toThrow(Fault);
  desk.apply(draft);
  expect(desk.apply(draft)).toBeNull();
});

test('[R-LOC-3] a draft that was put away is gone until that is undone', async () => {
  const { bob } = await scene();
  const shelf = shelfOf();
  const desk = deskOf(bob, shelf);
  const [draft] = desk.list();
  if (draft === undefined) throw new Error('no draft');
  const undo = desk.dismiss(draft);
  expect(desk.list()).toEqual([]);
  expect(deskOf(bob, { ...shelf, dismissed: [...shelf.marks] }).list()).toEqual([]);
  undo();
  expect(desk.list()).toEqual([draft]);
});

async function checkpointOf(band: Band): Promise<LedgerBase> {
  const made = await makeCheckpoint(band.ledger, band.keys.signer);
  if (made === null) throw new Error('no checkpoint');
  return made.base;
}

test('[R-LOC-3] the text of a draft stays when a checkpoint lets go the entries that it derives from', async () => {
  const { band, ann, bob } = await scene();
  const shelf = shelfOf();
  const desk = deskOf(bob, shelf);
  expect([desk.needs(2), desk.needs(3)]).toEqual([false, true]);
  bob.ledger.beginAt(await checkpointOf(band));
  bob.ledger.settle();
  bob.author.attach(true);
  const kept = { song_id: songId, text: 'one two three mine', entry_count: 1 };
  expect(shelf.texts).toMatchObject([kept]);
  expect(desk.summary()).toEqual({ count: 1, why: 'earlier' });
  const again = deskOf(bob, { ...shelf, kept: shelf.texts });
  expect(again.list()).toMatchObject([{ ...kept, current: 'one two three', has_song: true }]);
  const [draft] = desk.list();
  if (draft === undefined) throw new Error('no draft');
  desk.apply(draft);
  await settled(() => ann.text.toJSON() === 'one two three mine', band);
  expect(desk.list()).toEqual([]);
});

// Found by chance (honest seed 75): of what was only taken out nothing is to be seen, neither before nor after.
test.each([
  ['text', (text: Y.Text) => text.insert(0, 'vain '), 'vain one two three'],
  ['a deletion', (text: Y.Text) => text.delete(0, 4), 'two three'],
] as const)(
  '[R-LOC-3] %s that was refused in the part of the ledger that a checkpoint leaves out becomes a draft',
  async (_what, change, mine) => {
    const { band, ann, bob } = await scene();
    const shelf = shelfOf();
    const desk = deskOf(bob, shelf);
    const [old] = desk.list();
    if (old === undefined) throw new Error('no draft');
    desk.dismiss(old);
    // What Bob writes reaches the authority by way of Ann, after he was demoted; neither that nor its number comes back to him.
    for (const member of [ann, bob]) for (const view of member.replica.views) view.link.close('going-away');
    const between = new Pipe(ann, bob);
    await settled(() => bob.replica.views.length === 1 && ann.replica.views.length === 1, band);
    change(bob.text);
    await settled(() => ann.text.toJSON() === mine, band);
    between.cut();
    await band.setRole(bob, 'viewer');
    new Pipe(ann, band);
    await settled(() => band.ledger.n === 4 && !band.ledger.hasUnnumbered, band);
    expect(bob.ledger.n).toBe(3);
    expect(bob.text.toJSON()).toBe(mine);
    expect(desk.summary().count).toBe(0);
    bob.ledger.beginAt(await checkpointOf(band));
    bob.ledger.settle();
    expect(bob.text.toJSON()).toBe('one two three');
    desk.summary();
    expect(shelf.texts).toMatchObject([{ song_id: songId, text: mine, entry_count: 1 }]);
    expect(desk.list()).toMatchObject([{ text: mine, current: 'one two three' }]);
  },
);
