import { useEffect, useRef } from 'react';
import { heardCommand } from './run-command.ts';
import { isTextTarget, keyCommand, type KeyCommand } from './key-commands.ts';
import { areSingleKeysOn } from './preferences.ts';

/** Runs the commands that have a handler here, whether by key, menu or palette; the others are left to who else listens. */
export function useKeyCommands(handlers: Partial<Record<KeyCommand, () => void>>): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isInDialog = event.target instanceof Element && event.target.closest('dialog, [role="dialog"]') !== null;
      const { key, shiftKey, ctrlKey, metaKey, altKey, defaultPrevented } = event;
      const isInText = isTextTarget(event.target);
      const command = keyCommand({ key, shiftKey, ctrlKey, metaKey, altKey, defaultPrevented, isInText, isInDialog }, areSingleKeysOn());
      const run = command === null ? undefined : latest.current[command];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    // On the window, after the parts of the page had their turn.
    globalThis.addEventListener('keydown', onKey);
    const stopHearing = heardCommand((command) => latest.current[command]?.());
    return () => {
      globalThis.removeEventListener('keydown', onKey);
      stopHearing();
    };
  }, []);
}
