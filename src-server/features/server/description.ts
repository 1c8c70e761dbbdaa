import type { ServerConfig } from '../../config.ts';
import type { AuthorityKeys } from '../../keys/authority-keys.ts';
import { version } from '../../version.ts';
import type { SettingsStore } from '../admin/settings.ts';
import type { Handlers } from '../handlers.ts';
import type { MailPort } from '../mail/port.ts';

export interface DescriptionParts {
  config: Pick<ServerConfig, 'name' | 'ice_servers' | 'turn_urls' | 'relay'>;
  settings: SettingsStore;
  mail: MailPort;
  keys: Pick<AuthorityKeys, 'thumbprint'>;
}

export function createServerDescription({ config, settings, mail, keys }: DescriptionParts): Pick<Handlers, 'describeServer'> {
  // `mail`: invitations and new passwords come by e-mail.
  const optional = [
    ['mail', mail.isSetUp],
    ['turn', config.turn_urls.length > 0],
    ['relay', config.relay],
  ] as const;
  const features = ['signaling', 'ledger', 'events', 'guests', ...optional.flatMap(([name, isThere]) => (isThere ? [name] : []))];
  return {
    describeServer: async () => ({
      name: config.name,
      version,
      key_thumbprint: keys.thumbprint,
      registration: settings.current().registration,
      features,
      ice_servers: [...config.ice_servers],
    }),
  };
}
