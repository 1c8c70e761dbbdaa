import type { MenuItemConstructorOptions } from 'electron';
import type { ElectronApi, ShellWindow } from './electron-api.ts';

/** The menu of the right button where text is, with words for what is misspelt. */
export function setupContextMenu({ Menu }: Pick<ElectronApi, 'Menu'>, { webContents }: ShellWindow): void {
  webContents.on('context-menu', (_event, { isEditable, selectionText, editFlags, misspelledWord, dictionarySuggestions }) => {
    const words = misspelledWord === '' ? [] : dictionarySuggestions;
    const template: MenuItemConstructorOptions[] = [
      ...words.map((word): MenuItemConstructorOptions => ({ label: word, click: () => webContents.replaceMisspelling(word) })),
      ...(words.length > 0 ? [{ type: 'separator' } as const] : []),
      ...(isEditable ? [{ role: 'cut', enabled: editFlags.canCut } as const] : []),
      ...(selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: editFlags.canCopy } as const]),
      ...(isEditable
        ? [{ role: 'paste', enabled: editFlags.canPaste } as const, { type: 'separator' } as const, { role: 'selectAll' } as const]
        : []),
    ];
    if (template.length > 0) Menu.buildFromTemplate(template).popup();
  });
}
