import { expect, test } from 'vitest';
import type { Entry } from '../../../shared/ledger/entry.ts';
import { entryKinds } from '../../../shared/ledger/entry.ts';
import { chatSchema, encodeJson } from '../../../shared/ledger/payloads.ts';
import { encodeHead, encodeRecord } from '../../../shared/ledger/record.ts';
import { Band, sessionId, settled, songId, type Member } from '../../support/band.ts';
import { ChangedClient, Pen } from '../../support/changed-client.ts';
import { linkUp, type Pipe } from '../../support/pipe.ts';

const says = (text: string) => encodeJson(chatSchema.parse({ type: 'message', text, reply_to: null }));

/** Linked, and told who takes part. */
function isIn({ replica, ledger }: Member): boolean {
  return replica.views.length > 0 && ledger.statement !== null;
}

async function changedClientAt(place: Member | Band, eve: Member, band: Band): Promise<[ChangedClient, Pipe]> {
  const changed = new ChangedClient(eve.keys.signer, sessionId);
  const pipe = linkUp(changed, place);
  await settled(() => changed.heard.some(({ type }) => type === 'heads'), band);
  return [changed, pipe];
}

/** What Eve says to one musician only, while that one is away from the others. */
async function tellAside(member: Member, eve: Member, entries: readonly Entry[], band: Band): Promise<void> {
  const [changed, pipe] = await changedClientAt(member, eve, band);
  for (const entry of entries) changed.give(entry);
  await settled(() => entries.every(({ hash }) => member.ledger.entry(hash) !== undefined), band);
  pipe.cut();
}

/** Two streams with the same name. */
function twins(eve: Member): [Pen, Pen] {
  const [one, other] = [new Pen(eve.keys.signer, sessionId), new Pen(eve.keys.signer, sessionId)];
  other.run = one.run;
  return [one, other];
}

async function numbered(eve: Member, entries: readonly Entry[], band: Band): Promise<void> {
  const [changed, pipe] = await changedClientAt(band, eve, band);
  changed.give(...entries);
  await settled(() => entries.every(({ hash }) => band.ledger.recordOf(hash) !== undefined), band);
  pipe.cut();
}

// Found by chance (hostile seeds 5085 and 5239): heads said only how long the stream is there, and others took it for theirs.
test.each(['the authority', 'a peer'])(
  '[R-LNK-4] who holds a longer branch than the one that was numbered gets the numbered one from %s',
  async (who) => {
    const band = await Band.open();
    const [ann, bob, eve] = [await band.join('ann', 'owner'), await band.join('bob', 'viewer'), await band.join('eve', 'editor')];
    for (const member of [ann, bob]) {
      const pipe = linkUp(member, band);
      await settled(() => isIn(member), band);
      if (member === bob) pipe.cut();
    }
    const [lost, kept] = twins(eve);
    const aside = [await lost.write(entryKinds.chat, says('a')), await lost.write(entryKinds.chat, says('b'))];
    await tellAside(bob, eve, aside, band);
    const true_ = await kept.write(entryKinds.chat, says('c'));
    await numbered(eve, [true_], band);
    await settled(() => ann.ledger.n === band.ledger.n, band);

    linkUp(bob, who === 'a peer' ? ann : band);
    await settled(() => bob.ledger.n === band.ledger.n, band);
    expect(bob.ledger.n).toBe(1);
    expect([...bob.ledger.fold.chat.keys()]).toEqual([true_.hash]);
    expect(bob.strikes).toBe(0);
  },
);

test('[R-ENT-5] records that are not what their head was signed over name nothing: their entries are not asked for, nor taken', async () => {
  const band = await Band.open();
  const [ann, bob, eve] = [await band.join('ann', 'owner'), await band.join('bob', 'editor'), await band.join('eve', 'viewer')];
  const away = linkUp(ann, band);
  linkUp(bob, band);
  await settled(() => isIn(ann) && isIn(bob), band);
  away.cut();
  bob.type(0, 'sung');
  await settled(() => bob.ledger.n === 1, band);
  const { records, head } = band.ledger;
  const last = records.at(-1);
  if (last === undefined || head === null) throw new Error('nothing was numbered');

  const graffiti = await new Pen(eve.keys.signer, sessionId).type(songId, 'graffiti');
  const { stream, seq, hash } = graffiti;
  const lie = encodeRecord({ ...last.record, stream, seq, hash });
  const [changed] = await changedClientAt(ann, eve, band);
  changed.say({ type: 'records', firstN: 1, records: [lie], head: encodeHead(head) });
  const end = band.time.now() + 1_500;
  await settled(() => band.time.now() > end, band);
  changed.give(graffiti);
  changed.say({ type: 'want-statement' });
  await settled(() => changed.heard.filter(({ type }) => type === 'statement').length > 1, band);
  expect(changed.heard.filter(({ type }) => type === 'want-entries')).toEqual([]);
  expect(ann.ledger.entry(hash)).toBeUndefined();
  expect(ann.ledger.n).toBe(0);
});

test('[R-LNK-4] [R-ENT-3] who holds two other branches gets the numbered one from a peer as well', async () => {
  const band = await Band.open();
  const [ann, bob, eve] = [await band.join('ann', 'owner'), await band.join('bob', 'viewer'), await band.join('eve', 'editor')];
  linkUp(ann, band);
  linkUp(bob, band).cut();
  await settled(() => ann.replica.views.length === 1, band);
  const statement = band.ledger.statement;
  if (statement === null) throw new Error('no statement');
  bob.replica.setStatement(statement);
  const [one, two] = twins(eve);
  const third = twins(eve)[0];
  third.run = one.run;
  const aside = [await one.write(entryKinds.chat, says('a')), await two.write(entryKinds.chat, says('b'))];
  aside.push(await one.write(entryKinds.chat, says('a too')));
  await tellAside(bob, eve, aside, band);
  const kept = [await third.write(entryKinds.chat, says('c')), await third.write(entryKinds.chat, says('d'))];
  await numbered(eve, kept, band);
  await settled(() => ann.ledger.n === 2, band);
  linkUp(bob, ann);
  await settled(() => bob.ledger.n === 2, band);
  expect([...bob.ledger.fold.chat.keys()]).toEqual(kept.map(({ hash }) => hash));
});
