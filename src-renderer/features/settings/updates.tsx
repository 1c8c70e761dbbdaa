import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { updateFeedSchema, type UpdateProgress } from '../../../shared/ipc/contract.ts';
import { ask } from '../../app/ask.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { sayFault } from '../../ui/notices.tsx';
import { AddressForm } from './address-form.tsx';
import { Section } from './section.tsx';

const words = en.settings.updates;

function readFeed(typed: string): string | null {
  const feed = updateFeedSchema.safeParse(typed.trim());
  return feed.success ? feed.data : null;
}

function tellOf(progress: UpdateProgress): string {
  switch (progress.kind) {
    case 'idle':
      return '';
    case 'failed':
      return words.failed[progress.at];
    case 'looking':
    case 'newest':
      return words[progress.kind];
    case 'found':
    case 'fetching':
    case 'ready':
      return words[progress.kind](progress.version);
  }
}

/** New versions of the installed program: where they are looked for, and what is there. Nothing where it is not updated by itself. */
export function Updates(): ReactElement | null {
  const bridge = useBridge();
  const state = useQuery({ queryKey: keys.updates, queryFn: () => ask(bridge, 'updates.state', {}) }).data ?? null;
  const change = useMutation({
    mutationFn: (deed: () => Promise<unknown>) => deed(),
    onError: (error) => sayFault(toFault(error)),
  });
  if (state === null) return null;
  const { feed, progress } = state;
  const run = (name: 'updates.look' | 'updates.fetch' | 'updates.install') => () => change.mutate(() => ask(bridge, name, {}));
  return (
    <Section id="updates" title={words.title}>
      <div className="settings-stack">
        {feed === null ? (
          <>
            <p className="cm-muted">{words.lead}</p>
            <AddressForm
              label={words.feed}
              hint={words.feedHint}
              read={readFeed}
              bad={words.feedBad}
              submit={words.use}
              isPending={change.isPending}
              onAddress={(address) => ask(bridge, 'updates.use', { feed: address })}
            />
          </>
        ) : (
          <>
            <p className="card settings-server">
              <span className="cm-grow">{words.lookingAt(feed)}</span>
              <Button variant="subtle" size="compact-sm" onClick={() => change.mutate(() => ask(bridge, 'updates.use', { feed: null }))}>
                {words.forget}
              </Button>
            </p>
            <output>{tellOf(progress)}</output>
            {progress.kind === 'fetching' && <Progress value={progress.done * 100} aria-label={words.fetching(progress.version)} />}
            <div>
              {progress.kind === 'found' && <Button onClick={run('updates.fetch')}>{words.fetch}</Button>}
              {progress.kind === 'ready' && <Button onClick={run('updates.install')}>{words.install}</Button>}
              {(progress.kind === 'idle' || progress.kind === 'newest' || progress.kind === 'failed') && (
                <Button variant="default" onClick={run('updates.look')}>
                  {words.look}
                </Button>
              )}
            </div>
          </>
        )}
      </div>
    </Section>
  );
}
