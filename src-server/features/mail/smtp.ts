import type { FastifyBaseLogger } from 'fastify';
import { createTransport } from 'nodemailer';
import { Fault } from '../../../shared/base/errors.ts';
import { limits } from '../../../shared/base/limits.ts';
import type { ServerConfig } from '../../config.ts';
import type { MailPort } from './port.ts';

const secondMs = 1_000;

/** How the setting's URL is meant. A password crosses no network in the clear, whatever the mail server offers. */
function transportOptions(address: string) {
  const url = new URL(address);
  const isSecure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isHere = host === 'localhost' || host === '::1' || host.startsWith('127.');
  const hasPassword = url.username !== '';
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    secure: isSecure,
    requireTLS: !isSecure && hasPassword && !isHere,
    ...(hasPassword && { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    connectionTimeout: 10 * secondMs,
    greetingTimeout: 10 * secondMs,
    socketTimeout: 20 * secondMs,
    // Nothing of ours names a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Mail over the operator's SMTP server; 'mail-not-set-up' for all when there is none. */
export function createMail(config: Pick<ServerConfig, 'smtp_url' | 'mail_from' | 'name'>, log: Pick<FastifyBaseLogger, 'warn'>): MailPort {
  if (config.smtp_url === '') {
    return { isSetUp: false, sendMail: () => Promise.reject(new Fault('mail-not-set-up')), close: () => {} };
  }
  const transport = createTransport(transportOptions(config.smtp_url));
  let waiting = 0;
  return {
    isSetUp: true,
    async sendMail({ to, subject, text }) {
      if (waiting >= limits.mailsAtOnce) throw new Fault('mail-not-sent');
      waiting += 1;
      try {
        await transport.sendMail({
          from: { name: config.name, address: config.mail_from },
          // As an object: a comma in it makes no second receiver.
          to: { name: '', address: to },
          subject: subject.replaceAll(/\s+/g, ' '),
          text,
        });
      } catch (error) {
        // Its message would repeat the address.
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        log.warn({ code, smtp: responseCode }, 'mail not sent');
        throw new Fault('mail-not-sent');
      } finally {
        waiting -= 1;
      }
    },
    close: () => transport.close(),
  };
}
