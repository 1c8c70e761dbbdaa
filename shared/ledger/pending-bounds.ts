import { limits } from '../base/limits.ts';
import type { Entry } from './entry.ts';

interface Load {
  bytes: number;
  streams: Map<string, number>;
}

/**
 * What each device has in memory without a record, bounded: whoever may write could otherwise fill everybody's memory with
 * entries that wait for something that never comes. R-LIM-1.
 */
export class PendingBounds {
  readonly #loads = new Map<string, Load>();

  /** Whether one more entry of its device is within the bounds. */
  hasRoomFor(entry: Entry): boolean {
    const load = this.#loads.get(entry.device);
    if (load === undefined) return true;
    if (load.bytes + entry.bytes.length > limits.pendingBytesPerDevice) return false;
    return load.streams.has(entry.stream) || load.streams.size < limits.pendingStreams;
  }

  add(entry: Entry): void {
    const load = this.#loads.get(entry.device) ?? { bytes: 0, streams: new Map<string, number>() };
    this.#loads.set(entry.device, load);
    load.bytes += entry.bytes.length;
    load.streams.set(entry.stream, (load.streams.get(entry.stream) ?? 0) + 1);
  }

  clear(): void {
    this.#loads.clear();
  }

  /** It has its record, or is forgotten. */
  remove(entry: Entry): void {
    const load = this.#loads.get(entry.device);
    const count = load?.streams.get(entry.stream);
    if (load === undefined || count === undefined) return;
    load.bytes -= entry.bytes.length;
    if (count > 1) load.streams.set(entry.stream, count - 1);
    else load.streams.delete(entry.stream);
    if (load.streams.size === 0) this.#loads.delete(entry.device);
  }
}
