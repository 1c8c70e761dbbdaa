import type { ServerConfig } from '../../config.ts';
import type { AuthorityKeys } from '../../keys/authority-keys.ts';
import { version } from '../../version.ts';
import type { SettingsStore } from '../admin/settings.ts';
import type { Handlers } from '../handlers.ts';
import type { MailPort } from '../mail/port.ts';

export interface DescriptionParts {
  config: Pick<ServerConfig, 'name' | 'ice_servers' | 'turn_urls'>;
  settings: SettingsStore;
  mail: MailPort;
  keys: Pick<AuthorityKeys, 'thumbprint'>;
}

export function createServerDescription({ config, settings, mail, keys }: DescriptionParts): Pick<Handlers, 'describeServer'> {
  // `mail`: invitations and new passwords come by e-mail.
  const features = ['signaling', 'ledger', 'events', ...(mail.isSetUp ? ['mail'] : []), ...(config.turn_urls.length > 0 ? ['turn'] : [])];
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
