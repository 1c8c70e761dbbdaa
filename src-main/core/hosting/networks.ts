import { BlockList } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { Network } from '../../../shared/ipc/hosting.ts';

/** Ranges that the internet does not route: RFC 1918, shared (6598) and unique local (4193) addresses. */
const inside = new BlockList();
inside.addSubnet('10.0.0.0', 8);
inside.addSubnet('172.16.0.0', 12);
inside.addSubnet('192.168.0.0', 16);
inside.addSubnet('100.64.0.0', 10);
inside.addSubnet('fc00::', 7, 'ipv6');
/** Computers on one cable give themselves such addresses. */
const cable = new BlockList();
cable.addSubnet('169.254.0.0', 16);
/** Without the name of an interface they lead nowhere, and a link has no place for it. */
const scoped = new BlockList();
scoped.addSubnet('fe80::', 10, 'ipv6');

/** Networks within this computer: of containers, virtual machines, tunnels. */
const virtualNames = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vethernet|utun|tun|tap|tailscale|zt|wg)/i;
/** More than anybody looks through; a computer with hundreds is a router. */
const mostNetworks = 16;

function rank({ interface: name, kind, address }: Network): number {
  const kinds = { inside: 0, cable: 2, public: 4 } as const;
  return kinds[kind] * 4 + (virtualNames.test(name) ? 2 : 0) + (address.includes(':') ? 1 : 0);
}

/** The addresses under which others in the same house may reach this computer, the likeliest first. */
export function readNetworks(interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>): Network[] {
  return Object.entries(interfaces)
    .flatMap(([name, addresses]) =>
      (addresses ?? []).flatMap(({ address, family, internal }): Network[] => {
        const type = family === 'IPv6' ? 'ipv6' : 'ipv4';
        if (internal || scoped.check(address, type)) return [];
        const kind = inside.check(address, type) ? 'inside' : cable.check(address, type) ? 'cable' : 'public';
        return [{ interface: name, address, kind }];
      }),
    )
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, mostNetworks);
}
