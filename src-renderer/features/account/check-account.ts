import { emailSchema } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';

export interface AccountProblems {
  name?: string;
  email?: string;
  password?: string;
  present?: string;
}

/** What is missing in what somebody typed as their password from now on; null when nothing is. */
function newPasswordProblem(password: string): string | null {
  if (password === '') return en.account.needPassword;
  return password.length < 10 ? en.account.shortPassword : null;
}

/** What is missing or wrong before the server is asked; empty when nothing is. */
export function checkAccount(mode: 'create' | 'sign-in', fields: { name: string; email: string; password: string }): AccountProblems {
  const problems: AccountProblems = {};
  if (mode === 'create' && fields.name.trim() === '') problems.name = en.account.needName;
  if (!emailSchema.safeParse(fields.email).success) problems.email = en.account.needEmail;
  const wrong = mode === 'create' ? newPasswordProblem(fields.password) : fields.password === '' ? en.account.needPassword : null;
  if (wrong !== null) problems.password = wrong;
  return problems;
}

export interface AccountChange {
  name?: string;
  email?: string;
  /** The new one. */
  password?: string;
  /** The present one; undefined where it is not asked for. */
  present?: string;
}

/** The same for a change: only what is given is looked at. */
export function checkChange({ name, email, password, present }: AccountChange): AccountProblems {
  const problems: AccountProblems = {};
  if (name !== undefined && name.trim() === '') problems.name = en.account.needName;
  if (email !== undefined && !emailSchema.safeParse(email.trim()).success) problems.email = en.account.needEmail;
  const wrong = password === undefined ? null : newPasswordProblem(password);
  if (wrong !== null) problems.password = wrong;
  if (present === '') problems.present = en.account.needPresent;
  return problems;
}
