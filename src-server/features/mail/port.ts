export interface Mail {
  /** One address. */
  to: string;
  subject: string;
  /** Plain text; nothing else is sent. */
  text: string;
}

/** Letters to people. What is in one never reaches a log. */
export interface MailPort {
  /** Whether the operator named a mail server; without one links and codes are shown instead. */
  readonly isSetUp: boolean;
  /**
   * Resolves when the mail server has taken it. Throws 'mail-not-set-up', or 'mail-not-sent' when it was refused, the server
   * did not answer, or too much waits already.
   */
  sendMail(mail: Mail): Promise<void>;
  /** Ends what is under way. */
  close(): void;
}
