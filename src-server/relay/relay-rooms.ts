import { Fault } from '../../shared/base/errors.ts';
import { limits } from '../../shared/base/limits.ts';
import { isNewer, mayNow, type Statement } from '../../shared/ledger/statement.ts';
import type { RelayServerFrame } from './relay-frames.ts';

/** A window that proved a device which the room's newest statement lists. */
export interface RelayMember {
  readonly device: string;
  readonly window: string;
  readonly purpose: 'signals' | 'links';
  say(frame: RelayServerFrame): void;
  carry(from: string, chunk: Uint8Array): void;
  /** The newest statement does not list it any more. */
  dismiss(): void;
}

interface Room {
  statement: Statement;
  members: Set<RelayMember>;
}

/** Whether the statement lets the device read, and may begin new links still. R-MEM-2. */
function isReader({ claims }: Statement, deviceId: string, nowMs: number): boolean {
  const device = claims.devices.find((listed) => listed.device_id === deviceId);
  return device !== undefined && claims.exp * 1_000 > nowMs && mayNow(claims, device, 'read');
}

/**
 * Who can reach whom through this relay: one room a session of one authority's key, so that a statement of a made-up key opens
 * a room of its own and nobody else's. Nothing is kept but the newest statement while somebody is there. R-MSH-5.
 */
export class RelayRooms {
  readonly #rooms = new Map<string, Room>();
  #count = 0;

  /**
   * Looks at what somebody shows, and takes it where it is newer than what is known of the room.
   */
  consider(room: string, statement: Statement, device: string, nowMs: number): { newest: Statement; mayEnter: boolean } {
    const known = this.#rooms.get(room);
    if (known !== undefined && isNewer(statement.claims, known.statement.claims)) this.#renew(known, statement, nowMs);
    const newest = known?.statement ?? statement;
    return { newest, mayEnter: isReader(newest, device, nowMs) };
  }

  /** @returns how to leave. Throws Fault 'rate-limited' where there is no place left. */
  enter(room: string, statement: Statement, member: RelayMember): () => void {
    const known = this.#rooms.get(room) ?? { statement, members: new Set<RelayMember>() };
    const own = [...known.members].filter((other) => other.device === member.device).length;
    const isFull = this.#count >= limits.relaySockets || (known.members.size === 0 && this.#rooms.size >= limits.relayRooms);
    if (isFull || own >= limits.relaySocketsPerDevice) throw new Fault('rate-limited');
    this.#rooms.set(room, known);
    known.members.add(member);
    this.#count += 1;
    this.#tellWindows(known);
    return () => {
      if (!known.members.delete(member)) return;
      this.#count -= 1;
      if (known.members.size === 0) this.#rooms.delete(room);
      else this.#tellWindows(known);
    };
  }

  /** Those who hear the member's signals. */
  hearersIn(room: string, member: RelayMember): RelayMember[] {
    return [...(this.#rooms.get(room)?.members ?? [])].filter((other) => other !== member && other.purpose === 'signals');
  }

  /** The member that carries links of a window. */
  carrierOf(room: string, window: string): RelayMember | undefined {
    return [...(this.#rooms.get(room)?.members ?? [])].find((member) => member.window === window && member.purpose === 'links');
  }

  #renew(room: Room, statement: Statement, nowMs: number): void {
    room.statement = statement;
    for (const member of room.members) {
      if (isReader(statement, member.device, nowMs)) continue;
      member.say({ type: 'statement', statement: statement.jws });
      member.dismiss();
    }
  }

  #tellWindows(room: Room): void {
    const carriers = [...room.members].filter((member) => member.purpose === 'links');
    for (const member of carriers) {
      const windows = carriers.filter((other) => other !== member).map((other) => other.window);
      member.say({ type: 'windows', windows });
    }
  }
}
