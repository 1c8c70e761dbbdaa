import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { en } from '../../text/en.ts';

/** The name in its place: Enter or leaving the field keeps it, Escape brings the old one back. */
export function SetlistName({ name, onRename }: { name: string; onRename: (name: string) => void }): ReactElement {
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const [isFresh] = useState(name === en.setlists.newName);
  useEffect(() => {
    // What is typed first is the name.
    if (isFresh) field.current?.select();
  }, [isFresh]);
  const isMissing = typed !== null && typed.trim() === '';
  return (
    <TextInput
      ref={field}
      className="setlist-name"
      aria-label={en.setlists.name}
      value={typed ?? name}
      maxLength={255}
      error={isMissing ? en.setlists.needName : null}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        if (typed !== null && !isMissing && typed.trim() !== name) onRename(typed.trim());
        setTyped(null);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isMissing) event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        setTyped(null);
      }}
    />
  );
}
