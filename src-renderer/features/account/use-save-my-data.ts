import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useBridge } from '../../app/parts.tsx';
import { toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayDone, sayFault } from '../../ui/notices.tsx';
import { saveFile } from '../chart/out/save-file.ts';
import { collectMyData } from './collect-my-data.ts';

/** Saves everything that the server has about this person as a file. */
export function useSaveMyData(): UseMutationResult<void, Error, void> {
  const bridge = useBridge();
  return useMutation({
    mutationFn: async () => {
      const data = await collectMyData(bridge);
      const name = en.account.dataRow.file(data.server.name, data.exported_at.slice(0, 10));
      saveFile(name.replaceAll(/[^\p{L}\p{N}. -]/gu, ''), 'application/json', `${JSON.stringify(data, null, 2)}\n`);
    },
    onSuccess: () => sayDone(en.account.dataRow.done),
    onError: (error) => sayFault(toFault(error)),
  });
}
