import { NativeSelect, Switch } from '@mantine/core';
import { useId, useState, type ReactElement } from 'react';
import type { HostingState, Network } from '../../../shared/ipc/hosting.ts';
import { useAppState } from '../../app/queries.ts';
import { en } from '../../text/en.ts';
import { confirm } from '../../ui/confirm.tsx';
import { HostedAt } from './hosted-at.tsx';
import { useChooseHosting, useHosting } from './use-hosting.ts';

const words = en.settings.hosting;

/** What the person chose stays in the list though this computer is not there now. */
function options({ networks, address }: HostingState): { value: string; label: string }[] {
  const here = networks.map((network) => ({ value: network.address, label: words.networkOption(network) }));
  const isGone = address !== null && !networks.some((network) => network.address === address);
  return isGone ? [...here, { value: address, label: words.gone(address) }] : here;
}

function People({ people, computer_count }: HostingState): ReactElement {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <h3 className="hosting-heading" id={headingId}>
        {words.people}
      </h3>
      <output className="hosting-people">
        {people.length === 0 && computer_count === 0 && <span className="cm-muted">{words.alone}</span>}
        {people.map(({ id, name }) => (
          <span key={id} className="hosting-person">
            {name}
          </span>
        ))}
        {computer_count > people.length && <span className="cm-muted">{words.others(computer_count)}</span>}
      </output>
    </section>
  );
}

function Troubles({ url }: { url: string }): ReactElement {
  const platform = useAppState().data?.platform ?? 'web';
  const { all, linux, ...others } = words.troubles;
  const of = { ...others, linux: linux(new URL(url).port) };
  // In a browser it is not known whose system that is.
  const system = platform === 'web' ? [of.win32, of.darwin, of.linux] : [of[platform]];
  return (
    <details className="hosting-troubles">
      <summary>{words.trouble}</summary>
      <ul>
        {[...all, ...system].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

function Choice({ state }: { state: HostingState }): ReactElement {
  const choose = useChooseHosting();
  const [wanted, setWanted] = useState<string | null>(null);
  const { networks, address, problem, people, computer_count } = state;
  const isOn = address !== null;
  const isThere = (one: string | null): boolean => one !== null && networks.some((network) => network.address === one);
  const chosen = address ?? (isThere(wanted) ? wanted : null) ?? networks[0]?.address ?? '';
  const network: Network | undefined = networks.find((one) => one.address === chosen);

  const turnOff = (): void => {
    if (people.length === 0 && computer_count === 0) return choose.mutate(null);
    confirm({
      title: words.stopTitle,
      words: words.stopWords(
        people.map(({ name }) => name),
        computer_count,
      ),
      confirm: words.stop,
      onConfirm: () => choose.mutate(null),
    });
  };
  return (
    <>
      {!isOn && networks.length === 0 && <p className="quiet-bar">{words.none}</p>}
      {(networks.length > 1 || (isOn && !isThere(address))) && (
        <NativeSelect
          label={words.network}
          description={isOn ? null : words.several}
          data={options(state)}
          value={chosen}
          // While others are here, the way to another network is through the question above.
          disabled={choose.isPending || (isOn && problem === null)}
          onChange={({ currentTarget: { value } }) => (isOn ? choose.mutate(value) : setWanted(value))}
        />
      )}
      <Switch
        label={words.switch}
        description={isOn || network === undefined || networks.length > 1 ? null : words.networkOption(network)}
        checked={isOn}
        disabled={choose.isPending || (!isOn && network === undefined)}
        onChange={() => (isOn ? turnOff() : choose.mutate(chosen))}
      />
      {network?.kind === 'public' && <p className="quiet-bar">{words.public}</p>}
      {problem !== null && (
        <p className="quiet-bar" role="alert">
          {words.problems[problem]}
        </p>
      )}
    </>
  );
}

/** One switch: others in the same network reach the authority of this very app, at the address that the person chose. */
export function Hosting(): ReactElement | null {
  const state = useHosting().data;
  if (state === undefined) return null;
  return (
    <div className="settings-stack">
      <p className="cm-muted">{words.lead}</p>
      <Choice state={state} />
      {state.at !== null && (
        <>
          <HostedAt at={state.at} />
          <People {...state} />
          <Troubles url={state.at.url} />
        </>
      )}
    </div>
  );
}
