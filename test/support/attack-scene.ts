import { expect } from 'vitest';
import { converged, until, type LedgerClient, type LedgerPerson } from './ledger-client.ts';
import { type LedgerSession, openLedgerSession } from './ledger-session.ts';
import { ChangedClient, Pen } from './changed-client.ts';
import { linkUp, type Pipe } from './pipe.ts';

export const sung = '[G]Silent night\n';

/** By which way a changed client reaches the others: through the authority, or over a mesh link to Ann. */
export const ways = ['socket', 'mesh'] as const;
export type Way = (typeof ways)[number];

/** Two honest musicians who sing, and Eve, whose client is changed. */
export class AttackScene {
  readonly session: LedgerSession;
  readonly ann: LedgerClient;
  readonly ben: LedgerClient;
  readonly eve: LedgerPerson;
  readonly pen: Pen;
  /** Between Ann and Ben. */
  readonly mesh: Pipe;

  private constructor(session: LedgerSession, ann: LedgerClient, ben: LedgerClient, eve: LedgerPerson, mesh: Pipe) {
    this.mesh = mesh;
    this.session = session;
    this.ann = ann;
    this.ben = ben;
    this.eve = eve;
    this.pen = this.newPen();
  }

  /** Writes a stream of Eve's, at the start of the song as it is now. */
  newPen(): Pen {
    const pen = new Pen(this.eve.signer, this.session.id);
    const first = this.ann.text._start;
    pen.right = first === null ? null : { client: first.id.client, clock: first.id.clock };
    return pen;
  }

  /** @param role of Eve */
  static async open(role: 'viewer' | 'commenter' | 'editor'): Promise<AttackScene> {
    // In a lesson who joins is a viewer: Eve never had more than her role.
    const session = await openLedgerSession({ chordpro: sung, template: 'music-lesson' });
    const [student, eve] = [await session.join('Ben'), await session.join('Eve')];
    await session.setRole(student, 'editor');
    if (role !== 'viewer') await session.setRole(eve, role);
    const [ann, ben] = [await session.online(session.owner), await session.online(student)];
    const mesh = linkUp(ann, ben);
    await converged([ann, ben]);
    // Equal by the server alone they may be before they have proved themselves to each other.
    await until(() => [ann, ben].every(({ replica }) => replica.views.length === 2), 'the mesh link takes part');
    await until(() => [ann, ben].every(({ ledger }) => ledger.device(eve.device)?.role === role), 'all know who Eve is');
    return new AttackScene(session, ann, ben, eve, mesh);
  }

  /** Eve's changed client, proved and taking part. */
  async reach(way: Way, awarenessClient?: number): Promise<ChangedClient> {
    const changed = new ChangedClient(this.eve.signer, this.session.id, awarenessClient);
    if (way === 'socket') await changed.online(this.session.place, this.session.id, this.eve);
    else linkUp(changed, this.ann);
    await changed.admitted();
    if (changed.isClosed) throw new Error(`Eve was put out: ${JSON.stringify(await changed.socket?.closed)}`);
    return changed;
  }

  /** The same over a mesh link to Ben. */
  async reachBen(): Promise<ChangedClient> {
    const changed = new ChangedClient(this.eve.signer, this.session.id);
    linkUp(changed, this.ben);
    await changed.admitted();
    return changed;
  }

  /**
   * What Ann, whom Eve is linked to over the mesh, reads on her screen. What goes to the authority never comes near her: its
   * log has that.
   */
  expectToldToAnn(way: Way): void {
    expect(this.ann.told).toEqual(way === 'mesh' ? ['rejected Eve'] : []);
  }

  /** Everybody works on, sees what they wrote themselves and nothing else; so does who comes late. */
  async unharmed(text = sung): Promise<void> {
    const { ann, ben } = this;
    await converged([ann, ben]);
    expect(ann.content).toBe(text);
    ann.type(0, 'A');
    await ann.author.flush();
    await converged([ann, ben]);
    ben.type(0, 'B');
    await ben.author.flush();
    const late = await this.session.online(await this.session.join('Dan'));
    await converged([ann, ben, late]);
    expect(ann.content).toBe(`BA${text}`);
    for (const client of [ann, ben, late]) {
      expect(client.failures).toEqual([]);
      expect(client.ledger.fold.sets).toEqual(ann.ledger.fold.sets);
    }
    for (const way of [ann, ben, late]) expect(way.ledger.fold.chat.size).toBe(ann.ledger.fold.chat.size);
  }
}
