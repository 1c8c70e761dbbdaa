import type { Answer, Packet } from 'dns-packet';
import type { Network } from '../../../shared/ipc/hosting.ts';
import { nearbyServerSchema, type NearbyServer } from '../../../shared/ipc/nearby.ts';

/** RFC 6763: what hosts of this app are asked for by. */
export const serviceType = '_chordme._tcp.local';
/** RFC 6762, section 10: names of hosts go stale after two minutes. */
export const recordSeconds = 120;
/** Records of one packet that are looked at: an announcement has four. */
const mostRecords = 64;
/** Longest label of a DNS name: RFC 1035. */
const longestLabel = 63;

/** What an app that hosts says of itself. */
export interface Announced {
  name: string;
  address: string;
  port: number;
  key: string;
}

/** As much of the name as fits into a label beside the mark that tells two of one name apart. */
function instanceOf({ name, key }: Announced): string {
  const mark = ` (${key.slice(0, 4)})`;
  let label = name.replaceAll('.', ' ');
  while (Buffer.byteLength(label + mark) > longestLabel) label = label.slice(0, -1);
  return `${label}${mark}.${serviceType}`;
}

/** @param ttl 0: it is no longer there */
export function recordsOf(announced: Announced, ttl: number = recordSeconds): Answer[] {
  const instance = instanceOf(announced);
  const host = `chordme-${announced.key.slice(0, 16).toLowerCase().replaceAll('_', '-')}.local`;
  const { address, port, key, name } = announced;
  return [
    { name: serviceType, type: 'PTR', ttl, data: instance },
    { name: instance, type: 'SRV', ttl, data: { target: host, port, priority: 0, weight: 0 } },
    { name: instance, type: 'TXT', ttl, data: ['v=1', `key=${key}`, `name=${name}`] },
    { name: host, type: address.includes(':') ? 'AAAA' : 'A', ttl, data: address },
  ];
}

/** Name servers disagree about case, and people are never shown these. */
const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function textsOf(data: unknown): Map<string, string> {
  const parts = (Array.isArray(data) ? data : [data]).slice(0, mostRecords);
  const texts = parts.map((part) => (Buffer.isBuffer(part) ? part.toString('utf8') : String(part)));
  // RFC 6763, section 6.4: of a key that comes twice the first counts.
  return new Map(
    texts
      .toReversed()
      .filter((text) => text.includes('='))
      .map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  );
}

/**
 * The hosts that a packet tells of, as far as it tells one whole and in our form; anybody in the network sends anything.
 * `isThere` false: it says good-bye.
 * @param from address that the packet came from: none speaks for another's IPv4 address
 */
export function readServices(packet: Packet, from: string): { server: NearbyServer; isThere: boolean }[] {
  const records = [...(packet.answers ?? []), ...(packet.additionals ?? [])].slice(0, mostRecords);
  const addressOf = (host: string, type: 'A' | 'AAAA') => {
    const found = records.find((record) => record.type === type && same(record.name, host));
    return found?.type === type ? found.data : undefined;
  };
  return records.flatMap((pointer) => {
    if (pointer.type !== 'PTR' || !same(pointer.name, serviceType)) return [];
    const service = records.find((record) => record.type === 'SRV' && same(record.name, pointer.data));
    const described = records.find((record) => record.type === 'TXT' && same(record.name, pointer.data));
    const texts = textsOf(described?.type === 'TXT' ? described.data : []);
    if (service?.type !== 'SRV' || texts.get('v') !== '1') return [];
    const four = addressOf(service.data.target, 'A');
    const address = four ?? addressOf(service.data.target, 'AAAA');
    if (four !== undefined && four !== from) return [];
    const parsed = nearbyServerSchema.safeParse({
      name: texts.get('name'),
      key: texts.get('key'),
      url: `http://${address?.includes(':') === true ? `[${address}]` : (address ?? '')}:${service.data.port}`,
    });
    return parsed.success ? [{ server: parsed.data, isThere: pointer.ttl !== 0 }] : [];
  });
}

/** IPv4 is what service discovery is spoken over: the address of the same card where the chosen one is of IPv6. */
export function speakingAddress(networks: readonly Network[], chosen: string): string | null {
  if (!chosen.includes(':')) return chosen;
  const card = networks.find(({ address }) => address === chosen)?.interface;
  return networks.find((network) => network.interface === card && !network.address.includes(':'))?.address ?? null;
}
