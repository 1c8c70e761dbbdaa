import { useEffect } from 'react';
import { useAppOptions } from './queries.ts';

/** Text fields follow the page; the editor of a song asks it (editor-base.ts). Off means as the browser does it by itself. */
export function useSpelling(): void {
  const isOn = useAppOptions().data?.spell_check === true;
  useEffect(() => {
    document.documentElement.toggleAttribute('spellcheck', false);
    if (isOn) document.documentElement.setAttribute('spellcheck', 'true');
  }, [isOn]);
}
