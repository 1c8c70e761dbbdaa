import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, type ReactElement } from 'react';
import { Link } from 'react-router';
import type { NearbyServer } from '../../../shared/ipc/nearby.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { en } from '../../text/en.ts';
import './settings.css';

const words = en.settings.nearby;
/** Core listens for ten seconds after each question. */
const lookEveryMs = 2_000;

/** To the page that names address and key and does nothing without a press. */
function wayTo({ url, key }: NearbyServer): string {
  return `/join?${new URLSearchParams({ server: url, key }).toString()}`;
}

/** Apps in the same network that say they host; the network is asked while this is in sight. */
export function NearbyServers(): ReactElement | null {
  const bridge = useBridge();
  const headingId = useId();
  const { data } = useQuery({
    queryKey: ['nearby'],
    queryFn: () => ask(bridge, 'nearby.look', {}),
    refetchInterval: lookEveryMs,
    gcTime: 0,
  });
  if (data === undefined) return null;
  return (
    <section aria-labelledby={headingId}>
      <h3 className="hosting-heading" id={headingId}>
        {words.title}
      </h3>
      {data.servers.length === 0 && <p className="cm-muted cm-small">{data.is_possible ? words.none : words.impossible}</p>}
      {data.servers.length > 0 && (
        <>
          <ul aria-labelledby={headingId}>
            {data.servers.map((server) => (
              <li key={`${server.url} ${server.key}`} className="nearby">
                <span className="nearby-words">
                  <strong>{server.name}</strong>
                  <span className="cm-muted cm-small">{server.url}</span>
                  <span className="cm-muted cm-small hosting-text">
                    {words.key} <code>{server.key}</code>
                  </span>
                </span>
                <Button component={Link} to={wayTo(server)} variant="default" size="xs" aria-label={`${words.join}: ${server.name}`}>
                  {words.join}
                </Button>
              </li>
            ))}
          </ul>
          <p className="cm-muted cm-small">{words.lead}</p>
        </>
      )}
    </section>
  );
}
