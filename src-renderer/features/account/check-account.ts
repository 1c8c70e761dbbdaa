import { emailSchema } from '../../../shared/session/schemas.ts';
import { en } from '../../text/en.ts';

export interface AccountProblems {
  name?: string;
  email?: string;
  password?: string;
}

/** What is missing or wrong before the server is asked; empty when nothing is. */
export function checkAccount(mode: 'create' | 'sign-in', fields: { name: string; email: string; password: string }): AccountProblems {
  const problems: AccountProblems = {};
  if (mode === 'create' && fields.name.trim() === '') problems.name = en.account.needName;
  if (!emailSchema.safeParse(fields.email).success) problems.email = en.account.needEmail;
  if (fields.password === '') problems.password = en.account.needPassword;
  else if (mode === 'create' && fields.password.length < 10) problems.password = en.account.shortPassword;
  return problems;
}
