import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Arrival } from '../../shared/ipc/contract.ts';
import { useArrivedFiles } from './arrived-files.tsx';
import { ask } from './ask.ts';
import { useBridge } from './parts.tsx';
import { runCommand } from './run-command.ts';

/** Takes in what was opened with the app from outside of its windows, and what the menu says. */
export function useArrivals(): void {
  const bridge = useBridge();
  const navigate = useNavigate();
  const { arrive } = useArrivedFiles();
  const take = (arrival: Arrival): void => {
    if (arrival.kind === 'place') void navigate(arrival.path);
    else if (arrival.kind === 'command') runCommand(arrival.command);
    else arrive(arrival.files.map(({ name, content }) => new File([content], name)));
  };
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const takeAll = async (): Promise<void> => {
      const arrivals = await ask(bridge, 'app.take_arrivals', {}).catch(() => []);
      for (const arrival of arrivals) latest.current(arrival);
    };
    const undo = [bridge.on('app.arrived', () => void takeAll()), bridge.on('app.command', ({ command }) => runCommand(command))];
    void takeAll();
    return () => {
      for (const end of undo) end();
    };
  }, [bridge]);
}
