import { expect, test } from 'vitest';
import { converged, settled, type LedgerClient } from '../../support/ledger-client.ts';
import { openLedgerSession } from '../../support/ledger-session.ts';

const words = ['[G]Silent ', '[D]night ', 'holy\n', '[C]all ', 'is ', 'calm '];

/** Types and deletes here and there, in several lines at once. */
async function play(client: LedgerClient, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    client.type((round * 7) % (client.text.length + 1), words[round % words.length] ?? '');
    if (round % 4 === 3 && client.text.length > 8) client.text.delete((round * 5) % (client.text.length - 4), 3);
    if (round % 10 === 9) await client.say(`take ${round}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('[R-DOC-4] three who type at once converge, and who comes late has everything from the authority', async () => {
  const session = await openLedgerSession({ chordpro: '[G]Stille Nacht\n' });
  const people = [session.owner, await session.join('Ben'), await session.join('Cleo')];
  const clients = await Promise.all(people.map((person) => session.online(person)));
  await Promise.all(clients.map((client) => play(client, 200)));
  await Promise.all(clients.map((client) => client.author.flush()));
  await converged(clients);
  expect(clients.flatMap((client) => client.failures)).toEqual([]);
  for (const client of clients) expect(client.ledger.fold.chat.size).toBe(60);

  const late = await session.online(await session.join('Dan'));
  await converged([...clients, late]);
  expect(late.ledger.fold.chat.size).toBe(60);
  expect(late.content.length).toBeGreaterThan(500);
});

test('[R-LNK-4] who was away merges what was written on both sides', async () => {
  const session = await openLedgerSession({ chordpro: 'one\ntwo\n' });
  const [ann, ben] = [await session.online(session.owner), await session.online(await session.join('Ben'))];
  await converged([ann, ben]);
  await ben.offline();
  await Promise.all([play(ann, 60), play(ben, 60)]);
  ben.type(0, 'written offline ');
  ann.type(0, 'written online ');
  await Promise.all([ann.author.flush(), ben.author.flush()]);
  await settled(ann);
  expect(ann.content).not.toContain('offline');
  await ben.online();
  await converged([ann, ben]);
  for (const part of ['written offline ', 'written online ']) expect(ann.content).toContain(part);
});
