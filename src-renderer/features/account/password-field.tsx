import { PasswordInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';

interface PasswordFieldProps {
  label: string;
  isNew: boolean;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** A password, one's present or a new one. */
export function PasswordField({ label, isNew, value, onChange, error }: PasswordFieldProps): ReactElement {
  return (
    <PasswordInput
      label={label}
      description={isNew ? en.account.passwordHint : undefined}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      maxLength={256}
      visibilityToggleButtonProps={{ 'aria-label': en.account.showPassword }}
    />
  );
}
