import { expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { entryKinds, type Entry } from '../../../shared/ledger/entry.ts';
import { encodeUpdate, type ItemId } from '../../../shared/ledger/update.ts';
import { Band, sessionId, settled, songId, type Member } from '../../support/band.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { linkUp } from '../../support/pipe.ts';

/** One pen each, by rising client id: Yjs asks for it where two stand in one place. */
function pensOf(members: readonly Member[]): Pen[] {
  for (;;) {
    const pens = members.map(({ keys }) => new Pen(keys.signer, sessionId));
    if (pens.every(({ client }, at) => client > (pens[at - 1]?.client ?? 0))) return pens;
  }
}

/** A letter between two places that are no neighbours: no editor makes that, and its place depends on what stands there already. */
function writeBetween(pen: Pen | undefined, origin: ItemId | null, rightOrigin: ItemId, text: string): Promise<Entry> {
  if (pen === undefined) throw new Error('no pen');
  const struct = { clock: 0, length: 1, origin, rightOrigin, root: null, text };
  return pen.write(entryKinds.songUpdate, encodeUpdate({ client: pen.client, structs: [struct], deleted: [] }));
}

test('[R-DOC-4] what a changed program writes stands where the records put it, in whatever order it came before', async () => {
  const band = await Band.open();
  const bob = await band.join('bob', 'viewer');
  const writers = [await band.join('ann', 'editor'), await band.join('eve', 'editor'), await band.join('mia', 'editor')];
  const [first, second, third] = pensOf(writers);
  const at = (clock: number): ItemId => ({ client: first?.client ?? 0, clock });
  const song = await first?.type(songId, 'abc');
  const letters = [await writeBetween(second, at(0), at(2), 'X'), await writeBetween(third, null, at(1), 'Y')];
  if (song === undefined || band.ledger.statement === null) throw new Error('nothing to write');

  // Bob has the last one before the other, and without their records.
  bob.ledger.setStatement(band.ledger.statement);
  for (const entry of [song, ...letters.toReversed()]) {
    expect(bob.ledger.accept(entry)).toBe('accepted');
    bob.ledger.settle();
  }
  for (const [index, entry] of [song, ...letters].entries()) {
    const changed = new ChangedClient((writers[index] as Member).keys.signer, sessionId);
    linkUp(changed, band);
    await settled(() => changed.heard.some(({ type }) => type === 'heads'), band);
    changed.give(entry);
    await settled(() => band.ledger.n === index + 1, band);
  }
  const text = band.ledger.fold.doc.getText(`s:${songId}`).toJSON();
  expect(text).toBe('aYbXc');
  expect(bob.text.toJSON()).toBe('aXYbc');

  linkUp(bob, band);
  await settled(() => bob.ledger.n === 3, band);
  band.time.advance(limits.orderCheckMs);
  expect(bob.text.toJSON()).toBe(text);
  expect(bob.strikes).toBe(0);
});
