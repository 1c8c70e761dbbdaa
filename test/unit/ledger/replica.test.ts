import { expect, test } from 'vitest';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { encodeJson } from '../../../shared/ledger/payloads.ts';
import { Band, settled, type Member } from '../../support/band.ts';
import { Pipe } from '../../support/pipe.ts';

const textOf = (member: Member): string => member.text.toJSON();

test('[R-DOC-4] three who type at once, linked to each other and the authority, have equal text', async () => {
  const band = await Band.open();
  const [ann, bob, cy] = [await band.join('ann', 'owner'), await band.join('bob', 'editor'), await band.join('cy', 'editor')];
  for (const member of band.members) new Pipe(member, band);
  new Pipe(ann, bob);
  new Pipe(ann, cy);
  new Pipe(bob, cy);
  await settled(() => band.members.every((member) => member.replica.views.length === 3), band);
  ann.type(0, '[G]Silent ');
  bob.type(0, 'night ');
  cy.type(0, 'holy ');
  await settled(() => band.members.every((member) => member.ledger.n === 3), band);
  expect(textOf(ann)).toHaveLength('[G]Silent night holy '.length);
  expect(textOf(bob)).toBe(textOf(ann));
  expect(textOf(cy)).toBe(textOf(ann));
  expect(band.failures).toEqual([]);
});

test('[R-LNK-3] one edit among N connected windows is N − 1 messages', async () => {
  const band = await Band.open();
  for (let at = 0; at < 5; at++) await band.join(`m${at}`, 'editor');
  const pipes: Pipe[] = [];
  for (const [at, a] of band.members.entries()) for (const b of band.members.slice(at + 1)) pipes.push(new Pipe(a, b));
  const [first] = band.members;
  if (first === undefined) throw new Error('nobody');
  // Only the first knows the statement; it reaches the others over the links.
  new Pipe(first, band);
  await settled(() => band.members.every((member) => member.replica.views.length >= 4), band);
  await settled(
    () =>
      band.members.every((member) =>
        member.replica.views.every((view) => view === member.replica.authorityView || (view.n !== null && view.windows.size >= 3)),
      ),
    band,
  );
  const before = pipes.reduce((sum, pipe) => sum + pipe.sent, 0);
  band.members[3]?.type(0, 'x');
  await settled(() => band.members.every((member) => textOf(member) === 'x'), band);
  expect(pipes.reduce((sum, pipe) => sum + pipe.sent, 0) - before).toBe(4);
});

test('[R-ENT-1] what a viewer writes reaches nobody', async () => {
  const band = await Band.open();
  const [ann, eve] = [await band.join('ann', 'owner'), await band.join('eve', 'viewer')];
  for (const member of band.members) new Pipe(member, band);
  new Pipe(ann, eve);
  await settled(() => band.members.every((member) => member.replica.views.length === 2), band);
  eve.type(0, 'graffiti');
  ann.type(0, 'song');
  await settled(() => eve.ledger.n === 1, band);
  expect(textOf(ann)).toBe('song');
  expect(band.ledger.fold.doc.getText('s:0198f000-0000-7000-8000-0000000000aa').toJSON()).toBe('song');
});

test('[R-AUT-1] an entry that arrives after a demotion is void, one that came before is not', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  new Pipe(ann, band);
  const line = new Pipe(bob, band);
  await settled(() => band.members.every((member) => member.replica.views.length === 1), band);
  bob.type(0, 'before ');
  await settled(() => ann.ledger.n === 1, band);
  line.cut();
  bob.type(0, 'after ');
  await settled(() => bob.entriesMade.length === 2, band);
  await band.setRole(bob, 'viewer');
  new Pipe(bob, band);
  await settled(() => ann.ledger.n === 2 && bob.ledger.n === 2, band);
  expect(textOf(ann)).toBe('before ');
  expect(textOf(bob)).toBe('before ');
  expect(band.ledger.records.map(({ record }) => record.verdict)).toEqual([0, 1]);
});

test('[R-LNK-4] who was away catches up from a peer, without the authority', async () => {
  const band = await Band.open();
  const [ann, bob, cy] = [await band.join('ann', 'owner'), await band.join('bob', 'editor'), await band.join('cy', 'viewer')];
  const lines = [new Pipe(ann, band), new Pipe(bob, band), new Pipe(cy, band)];
  await settled(() => band.members.every((member) => member.replica.views.length === 1), band);
  for (const line of lines) line.cut();
  ann.type(0, 'one ');
  await settled(() => ann.entriesMade.length === 1, band);
  // A viewer carries what others wrote.
  const first = new Pipe(ann, cy);
  await settled(() => textOf(cy) === 'one ', band);
  first.cut();
  new Pipe(cy, bob);
  await settled(() => textOf(bob) === 'one ', band);
});

test('[R-LOC-1] what one wrote before being listed counts once one is, and what follows it too', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  new Pipe(ann, band);
  // Bob has no statement yet: nothing says that this device may chat.
  await bob.author.write(entryKinds.chat, encodeJson({ type: 'message', text: 'early', reply_to: null }));
  bob.type(0, 'words ');
  await settled(() => bob.entriesMade.length === 2, band);
  new Pipe(bob, band);
  await settled(() => ann.ledger.n === 2 && bob.ledger.n === 2, band);
  bob.type(0, 'more ');
  await settled(() => ann.ledger.n === 3, band);
  expect(textOf(ann)).toBe('more words ');
  expect(textOf(bob)).toBe(textOf(ann));
});
