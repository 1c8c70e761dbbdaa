import { createContext, useContext, useEffect, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { en } from '../text/en.ts';
import { sayDone } from '../ui/notices.tsx';

/** Files that were opened, dropped or chosen anywhere in the app, until the library takes them in. */
export interface ArrivedFiles {
  waiting: readonly File[];
  arrive: (files: readonly File[]) => void;
  /** The library has them. */
  taken: () => void;
}

const ArrivedContext = createContext<ArrivedFiles | null>(null);

/** Nobody is taken away from a chart that is being played. */
function isSession(path: string): boolean {
  return path.startsWith('/session/');
}

export function ArrivedFilesProvider({ children }: { children: ReactNode }): ReactElement {
  const [waiting, setWaiting] = useState<readonly File[]>([]);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const isBusy = isSession(pathname);
  const value = useMemo(
    (): ArrivedFiles => ({
      waiting,
      arrive: (files) => {
        if (files.length === 0) return;
        setWaiting((before) => [...before, ...files]);
        if (isBusy) sayDone(en.library.waiting(files.length));
        else void navigate('/library');
      },
      taken: () => setWaiting([]),
    }),
    [waiting, isBusy, navigate],
  );
  const { arrive } = value;
  useEffect(() => {
    // A page that has no place for files would be left for the file itself.
    const onDragOver = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      if (event.defaultPrevented || event.dataTransfer === null || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      arrive([...event.dataTransfer.files]);
    };
    globalThis.addEventListener('dragover', onDragOver);
    globalThis.addEventListener('drop', onDrop);
    return () => {
      globalThis.removeEventListener('dragover', onDragOver);
      globalThis.removeEventListener('drop', onDrop);
    };
  }, [arrive]);
  return <ArrivedContext value={value}>{children}</ArrivedContext>;
}

export function useArrivedFiles(): ArrivedFiles {
  const arrived = useContext(ArrivedContext);
  if (arrived === null) throw new Error('useArrivedFiles outside ArrivedFilesProvider');
  return arrived;
}
