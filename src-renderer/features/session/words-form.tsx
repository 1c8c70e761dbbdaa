import { ActionIcon, Button, Textarea } from '@mantine/core';
import { SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { en } from '../../text/en.ts';

interface WordsFormProps {
  label: string;
  placeholder?: string;
  sendLabel: string;
  atMost: number;
  initial?: string;
  /** Takes the focus, and gives a button to leave. */
  onCancel?: () => void;
  onSend: (text: string) => void;
}

/** Words for others. Enter and Ctrl/Cmd Enter send, Shift Enter begins a new line, Esc leaves what can be left. */
export function WordsForm({ label, placeholder, sendLabel, atMost, initial = '', onCancel, onSend }: WordsFormProps): ReactElement {
  const [text, setText] = useState(initial);
  const field = useRef<HTMLTextAreaElement>(null);
  const isOpened = onCancel !== undefined;
  useEffect(() => {
    if (isOpened) field.current?.focus();
  }, [isOpened]);
  const send = (): void => {
    const said = text.trim();
    if (said === '') return;
    onSend(said);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && onCancel !== undefined) {
      event.stopPropagation();
      onCancel();
      return;
    }
    // Enter that ends the composition of a character sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={isOpened ? 'words-form words-form-opened' : 'words-form'}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={field}
        className="cm-grow"
        aria-label={label}
        {...(placeholder === undefined ? {} : { placeholder })}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={atMost}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {isOpened ? (
        <span className="words-form-buttons">
          <Button type="submit" size="compact-sm" disabled={text.trim() === ''}>
            {sendLabel}
          </Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={onCancel}>
            {en.app.cancel}
          </Button>
        </span>
      ) : (
        <ActionIcon type="submit" size={36} aria-label={sendLabel} disabled={text.trim() === ''}>
          <SendHorizontal size={17} aria-hidden="true" />
        </ActionIcon>
      )}
    </form>
  );
}
