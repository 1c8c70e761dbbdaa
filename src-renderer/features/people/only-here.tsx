import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { useHosting } from '../settings/use-hosting.ts';

const words = en.settings.hosting;

/** Links of a server in this very app are of no use to others before it is open to them. */
export function OnlyHere(): ReactElement | null {
  const isEmbedded = useAppState().data?.server?.is_embedded === true;
  const hosting = useHosting().data;
  if (!isEmbedded || hosting === undefined || hosting.at !== null) return null;
  return (
    <p className="quiet-bar">
      {words.onlyHere}{' '}
      <Link to="/settings#hosting" className="text-link">
        {words.open}
      </Link>
    </p>
  );
}
