import { statfsSync } from 'node:fs';
import { Fault } from '../../../shared/base/errors.ts';
import type { ServerConfig } from '../../config.ts';
import { type Deps, timestamp } from '../../deps.ts';
import type { Figures } from '../../plugins/metrics.ts';
import { version } from '../../version.ts';
import type { UserStore } from '../accounts/user-store.ts';
import { userOf } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { MailPort } from '../mail/port.ts';

export interface StatusParts {
  config: Pick<ServerConfig, 'name' | 'public_url' | 'mail_from' | 'data_dir'>;
  deps: Pick<Deps, 'clock'>;
  users: UserStore;
  mail: MailPort;
  figures: () => Figures;
}

/** What whoever hosts looks at: the figures of `/metrics`, and whether mail goes out. */
export function createServerStatus({ config, deps, users, mail, figures }: StatusParts): Pick<Handlers, 'serverStatus' | 'testMail'> {
  const started_at = timestamp(deps.clock);
  return {
    async serverStatus() {
      const { bavail, bsize } = statfsSync(config.data_dir);
      return {
        version,
        started_at,
        public_url: config.public_url,
        mail_from: mail.isSetUp ? config.mail_from : null,
        ...figures(),
        free_disk_bytes: bavail * bsize,
      };
    },

    async testMail(_input, caller) {
      const to = users.openById(userOf(caller))?.email ?? null;
      if (to === null) throw new Fault('account-needed');
      await mail.sendMail({
        to,
        subject: `${config.name} sends mail`,
        text: `This is the mail that you asked for on ${config.name}. Invitations and new passwords can be sent.\n`,
      });
      return null;
    },
  };
}
