import type { Command } from '../../shared/ipc/commands.ts';

const eventName = 'chordme-command';

/** From anywhere in the window: whoever has a handler for it (use-key-commands.ts) does it. */
export function runCommand(command: Command): void {
  globalThis.dispatchEvent(new CustomEvent(eventName, { detail: command }));
}

/** Answers its own undo. */
export function heardCommand(listener: (command: Command) => void): () => void {
  const hear = (event: Event): void => listener((event as CustomEvent<Command>).detail);
  globalThis.addEventListener(eventName, hear);
  return () => globalThis.removeEventListener(eventName, hear);
}
