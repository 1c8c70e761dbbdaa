import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Letter {
  from: string;
  to: string[];
  /** As it came over the wire: headers, empty line, body. */
  raw: string;
  /** Body with its line breaks and `=XX` undone. */
  text: string;
}

export interface Mailbox {
  /** For CHORDME_SMTP_URL. */
  url: string;
  letters: Letter[];
  /** The next letter to somebody that has not been taken yet. */
  next(to: string): Promise<Letter>;
  /** From now on every receiver is refused. */
  refuseAll(): void;
  close(): Promise<void>;
}

function bodyOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A real SMTP server on loopback that keeps what it is given. With `account`, it wants that user name and password. */
export async function openMailbox(account?: { user: string; password: string }): Promise<Mailbox> {
  const letters: Letter[] = [];
  const taken = new Set<Letter>();
  const waiting = new Set<() => void>();
  let isRefusing = false;
  const server = new SMTPServer({
    disabledCommands: account === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === account?.user && password === account?.password) done(null, { user: username });
      else done(new Error('no'));
    },
    onRcptTo: (_address, _session, done) => done(isRefusing ? new Error('No such user') : null),
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts).toString('utf8');
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        letters.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, text: bodyOf(raw) });
        done();
        for (const wake of waiting) wake();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const login = account === undefined ? '' : `${encodeURIComponent(account.user)}:${encodeURIComponent(account.password)}@`;
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    letters,
    async next(to) {
      for (;;) {
        const letter = letters.find((one) => one.to.includes(to) && !taken.has(one));
        if (letter !== undefined) {
          taken.add(letter);
          return letter;
        }
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
    refuseAll: () => {
      isRefusing = true;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
