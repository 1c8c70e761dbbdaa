import type { Musician } from './musician.ts';

/** Selects words as a double click does: the first place where they stand in the source. */
export async function selectWord(person: Musician, word: string): Promise<void> {
  await person.source.evaluate((element, wanted) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at === -1) continue;
      (element as HTMLElement).focus();
      document.getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
      return;
    }
    throw new Error(`${wanted} is not in sight`);
  }, word);
}

/** About what is selected, in the form that is open for it. */
export async function comment(person: Musician, text: string): Promise<void> {
  const form = person.page.getByRole('region', { name: 'New comment' });
  await form.getByRole('textbox').fill(text);
  await form.getByRole('button', { name: 'Comment', exact: true }).click();
}
