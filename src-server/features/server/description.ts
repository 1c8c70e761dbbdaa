import type { ServerConfig } from '../../config.ts';
import type { AuthorityKeys } from '../../keys/authority-keys.ts';
import type { Handlers } from '../handlers.ts';
import { version } from '../../version.ts';

export function createServerDescription(
  config: Pick<ServerConfig, 'name' | 'registration' | 'ice_servers' | 'turn_urls'>,
  keys: Pick<AuthorityKeys, 'thumbprint'>,
): Pick<Handlers, 'describeServer'> {
  return {
    describeServer: async () => ({
      name: config.name,
      version,
      key_thumbprint: keys.thumbprint,
      registration: config.registration,
      features: ['signaling', 'ledger', ...(config.turn_urls.length > 0 ? ['turn'] : [])],
      ice_servers: [...config.ice_servers],
    }),
  };
}
