import type { HostingState, Network } from '../../shared/ipc/hosting.ts';
import { count } from './count.ts';

/** "Ann", "Ann and Bob", "Ann, Bob and Cy" */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

const kinds: Record<Network['kind'], string> = { inside: '', cable: ', a cable without a router', public: ', open to the internet' };

const problems: Record<NonNullable<HostingState['problem']>, string> = {
  'address-gone':
    'This computer is in another network now, or in none: nobody reaches it. Back in the old network it is open again by itself; or choose the new one here.',
  'port-taken':
    'Another program uses the port that ChordMe has here. Close that program, or restart the computer: then others reach it by itself.',
  'not-permitted': 'This system does not permit ChordMe to be reached by others. Whoever looks after this computer can change that.',
};

/** Apps that host nearby. */
export const nearby = {
  title: 'On this network',
  none: 'Nobody hosts here, as far as this network tells.',
  impossible: 'This system does not let ChordMe look around in the network. The link or address of who hosts works all the same.',
  join: 'Join',
  key: 'Key',
  lead: 'What a computer says of itself here is not proved yet. Compare its key with the one that who hosts sees, when it matters.',
} as const;

/** Others in the same network work with this computer. */
export const hosting = {
  title: 'Host on this network',
  lead: 'Others in the same house then work in the sessions of this computer, without the internet. It is off until you switch it on, and open on the one network that you choose.',
  switch: 'Host on this network',
  network: 'Network',
  networkOption: ({ address, interface: name, kind }: Network) => `${address} (${name}${kinds[kind]})`,
  gone: (address: string) => `${address} (not there now)`,
  none: 'This computer is in no network. Switch Wi-Fi on, plug a cable in, or let a phone make a hotspot.',
  public: 'This address may be reached from the whole internet, not only from this house. Better is a network of a router of your own.',
  several: 'This computer is in several networks: choose the one that the others are in as well. It is most often the first.',
  problems,
  address: 'Address',
  copyAddress: 'Copy the address',
  leadsTo: 'The link leads to',
  noSession: 'this computer; they type a code',
  link: 'Link',
  copyLink: 'Copy the link',
  key: 'Key',
  copyKey: 'Copy the key',
  linkHint: 'Opened, or pasted where ChordMe asks for a join code. A camera reads the picture.',
  qr: 'The link as a picture for a camera',
  people: 'Who is connected',
  alone: 'Nobody else yet.',
  others: (n: number) => `${count(n, 'computer', 'computers')} connected.`,
  plain:
    'Whoever listens in on this network can read what travels between this computer and theirs. Between your computers directly nobody can.',
  stopTitle: 'Stop hosting?',
  stop: 'Stop hosting',
  stopWords: (names: readonly string[], computers: number) =>
    `${names.length > 0 ? `${listed(names)} ${names.length === 1 ? 'is' : 'are'} connected.` : `${count(computers, 'computer is', 'computers are')} connected.`} Who is in a session together plays on directly, from computer to computer, and everything is kept. Nobody new can come in until you host again.`,
  trouble: 'The others do not reach it?',
  troubles: {
    all: [
      'Both computers have to be in the same network. A guest Wi-Fi often keeps computers apart: use the main one, or the hotspot of a phone.',
      'A VPN on either computer can be in the way: switch it off to try.',
    ],
    win32:
      'Windows: when it asks, allow ChordMe in private networks. Later this is in Windows Security, Firewall, Allow an app. The network itself has to be a private one: Settings, Network.',
    darwin:
      'macOS: System Settings, Network, Firewall, Options: allow incoming connections for ChordMe. On the other computer: Privacy & Security, Local Network.',
    linux: (port: string) =>
      `Linux: open port ${port} where a firewall runs, with “sudo ufw allow ${port}/tcp” or “sudo firewall-cmd --add-port=${port}/tcp”.`,
  },
  onlyHere: 'Only this computer reaches these links so far.',
  open: 'Host on this network',
} as const;
