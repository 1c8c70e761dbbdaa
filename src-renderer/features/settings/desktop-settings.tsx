import { Button, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import type { AppOptions } from '../../../shared/ipc/contract.ts';
import { ask } from '../../app/ask.ts';
import { areNoticesOn, switchNotices } from '../../app/notify.ts';
import { useBridge } from '../../app/parts.tsx';
import { keys, toFault, useAppOptions, useAppState } from '../../app/queries.ts';
import { useCopyReport } from '../../app/use-copy-report.ts';
import { en } from '../../text/en.ts';
import { sayFault } from '../../ui/notices.tsx';

const words = en.settings.desktop;

function NoticesSwitch(): ReactElement {
  const [isOn, setOn] = useState(areNoticesOn);
  const [isRefused, setRefused] = useState(false);
  const change = async (wanted: boolean): Promise<void> => {
    const is = await switchNotices(wanted);
    setOn(is);
    setRefused(wanted && !is);
  };
  return (
    <Switch
      label={words.notifies}
      error={isRefused ? words.notifiesRefused : null}
      checked={isOn}
      onChange={({ currentTarget: { checked } }) => void change(checked)}
    />
  );
}

/** Switches for the program on this computer, as far as this shell has what they switch. */
export function DesktopSettings(): ReactElement {
  const bridge = useBridge();
  const client = useQueryClient();
  const options = useAppOptions().data;
  const platform = useAppState().data?.platform ?? 'web';
  const change = useMutation({
    mutationFn: (to: { name: keyof AppOptions; is_on: boolean }) => ask(bridge, 'app.set_option', to),
    onSuccess: (present) => client.setQueryData(keys.appOptions, present),
    onError: (error) => sayFault(toFault(error)),
  });
  const optionSwitch = (name: keyof AppOptions, label: string, description: string | null): ReactElement => (
    <Switch
      label={label}
      description={description}
      checked={options?.[name] === true}
      disabled={options === undefined}
      onChange={({ currentTarget: { checked } }) => change.mutate({ name, is_on: checked })}
    />
  );
  return (
    <>
      {optionSwitch('spell_check', words.spellCheck, platform === 'web' || platform === 'darwin' ? null : words.spellCheckFetches)}
      <NoticesSwitch />
      {platform !== 'web' && optionSwitch('keeps_in_tray', words.keepsInTray, words.keepsInTrayMeans)}
    </>
  );
}

/** What to do when the program fails. */
export function ReportSection(): ReactElement {
  const copyReport = useCopyReport();
  return (
    <div className="settings-stack">
      <p className="cm-muted">{en.report.lead}</p>
      <div>
        <Button variant="default" onClick={() => void copyReport()}>
          {en.report.copy}
        </Button>
      </div>
    </div>
  );
}
