import { expect, onTestFinished, test } from 'vitest';
import { Presence } from '../../../../src-renderer/session/presence.ts';
import { PresenceLinks, personOf } from '../../../../src-renderer/session/presence-links.ts';
import { Band, settled, type Member } from '../../../support/band.ts';
import { Pipe } from '../../../support/pipe.ts';

function presenceOf(band: Band, member: Member): Presence {
  const presence = new Presence((device) => personOf(member.ledger, device), band.time);
  onTestFinished(() => presence.close());
  return presence;
}

test('[R-MSH-3] whom only the server told of is out of sight with it, and in sight again with the same words when it is back', async () => {
  const band = await Band.open();
  const [ann, bob] = [await band.join('ann', 'owner'), await band.join('bob', 'editor')];
  const [own, other] = [presenceOf(band, ann), presenceOf(band, bob)];
  const links = new PresenceLinks({
    ledger: ann.ledger,
    replica: ann.replica,
    presence: own,
    device: ann.device,
    userId: '',
    mutatorOrigin: Symbol('mutator'),
    onForged: () => undefined,
    onChange: () => undefined,
  });
  const online = async (): Promise<Pipe> => {
    const line = new Pipe(ann, band);
    await settled(() => ann.replica.authorityView !== null && ann.ledger.statement !== null, band);
    links.onLinks();
    return line;
  };
  const line = await online();
  other.setSelf({ user_id: '0198f000-0000-7000-8000-0000000000bb', name: 'bob', color: '#000000' });
  const said = other.ownUpdate();
  const from = ann.replica.authorityView?.link;
  if (from === undefined) throw new Error('no link');
  links.onAwareness(said, bob.device, from);
  expect([...own.states().keys()]).toContain(other.ownClient);
  line.cut();
  links.onLinks();
  expect([...own.states().keys()]).toEqual([own.ownClient]);
  await online();
  const again = ann.replica.authorityView?.link;
  if (again === undefined) throw new Error('no link');
  links.onAwareness(said, bob.device, again);
  expect([...own.states().keys()]).toContain(other.ownClient);
});
