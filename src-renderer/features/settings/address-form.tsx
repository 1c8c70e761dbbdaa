import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { readServerAddress } from './server-address.ts';

interface AddressFormProps {
  label: string;
  hint?: string;
  /** What the address is read by, and what is said of one that is none; the origin of a web address otherwise. */
  read?: (typed: string) => string | null;
  bad?: string;
  submit: string;
  isPending: boolean;
  /** Answers once it is done; the field is empty then. */
  onAddress: (url: string) => Promise<unknown>;
}

/** A field for the address of another computer. */
export function AddressForm({
  label,
  hint,
  read = readServerAddress,
  bad = en.settings.addressBad,
  submit,
  isPending,
  onAddress,
}: AddressFormProps): ReactElement {
  const [address, setAddress] = useState('');
  const [isBad, setBad] = useState(false);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const url = read(address);
    setBad(url === null);
    // What went wrong is shown by who asked.
    if (url !== null)
      void onAddress(url).then(
        () => setAddress(''),
        () => undefined,
      );
  };
  return (
    <form onSubmit={onSubmit} noValidate className="settings-server-form">
      <TextInput
        className="cm-grow"
        label={label}
        description={hint}
        value={address}
        maxLength={500}
        inputMode="url"
        spellCheck={false}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
          setBad(false);
        }}
        error={isBad ? bad : null}
      />
      <Button type="submit" variant="default" loading={isPending}>
        {submit}
      </Button>
    </form>
  );
}
