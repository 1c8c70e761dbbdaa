/**
 * What the menu of the desktop app and the palette have in common: words and keys are told here once. `accelerator` is in Electron's
 * spelling; a browser has keys of its own, so that there the palette alone runs most of them.
 */
export const commands = {
  'new-song': { title: 'New song', accelerator: 'CmdOrCtrl+N' },
  'import-songs': { title: 'Import songs', accelerator: null },
  'new-session': { title: 'New session', accelerator: 'CmdOrCtrl+Shift+N' },
  join: { title: 'Join with a code', accelerator: 'CmdOrCtrl+J' },
  find: { title: 'Find a song, a session or an action', accelerator: 'CmdOrCtrl+K' },
  library: { title: 'Go to Library', accelerator: 'CmdOrCtrl+1' },
  sessions: { title: 'Go to Sessions', accelerator: 'CmdOrCtrl+2' },
  invitations: { title: 'Go to Invitations', accelerator: 'CmdOrCtrl+3' },
  templates: { title: 'Go to Templates', accelerator: 'CmdOrCtrl+4' },
  waiting: { title: 'What waits for the server', accelerator: null },
  settings: { title: 'Go to Settings', accelerator: 'CmdOrCtrl+,' },
  print: { title: 'Print the song', accelerator: 'CmdOrCtrl+P' },
  'write-read': { title: 'Write or read', accelerator: 'CmdOrCtrl+E' },
  stage: { title: 'Stage', accelerator: null },
  'transpose-up': { title: 'Transpose up for everyone', accelerator: 'CmdOrCtrl+Shift+Up' },
  'transpose-down': { title: 'Transpose down for everyone', accelerator: 'CmdOrCtrl+Shift+Down' },
  'show-keys': { title: 'Keys', accelerator: null },
  'copy-report': { title: 'Copy a report of problems', accelerator: null },
} as const satisfies Record<string, { title: string; accelerator: string | null }>;

export type Command = keyof typeof commands;
export const commandNames = Object.keys(commands) as [Command, ...Command[]];
