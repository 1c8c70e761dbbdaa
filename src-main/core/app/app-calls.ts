import type { AppOptions, Arrival } from '../../../shared/ipc/contract.ts';
import type { CoreHandlers } from '../answer-call.ts';
import type { CoreLogger } from '../core-logger.ts';
import type { EventSource } from '../event-source.ts';
import type { Settings } from '../settings/settings.ts';

type AppHandlers = Pick<CoreHandlers, 'app.take_arrivals' | 'app.options' | 'app.set_option' | 'app.report' | 'app.note_problem'>;

export interface AppCallsParts {
  settings: Settings;
  source: Pick<EventSource, 'emit'>;
  logger: CoreLogger;
  report: () => string;
}

/** Arrivals that no window took: whoever opens file after file into a closed app will want the last ones. */
const arrivalsAtMost = 50;

/** What belongs to the program as a whole: options, what came from outside, what went wrong. */
export function createAppCalls({ settings, source, logger, report }: AppCallsParts): {
  handlers: AppHandlers;
  /** Something came from outside of the windows. */
  arrive(arrival: Arrival): void;
} {
  let arrivals: Arrival[] = [];
  const options = (): AppOptions => ({
    spell_check: settings.get('spell_check') !== null,
    keeps_in_tray: settings.get('keeps_in_tray') !== null,
  });
  return {
    handlers: {
      'app.take_arrivals': () => {
        const taken = arrivals;
        arrivals = [];
        return taken;
      },
      'app.options': options,
      'app.set_option': ({ name, is_on }) => {
        settings.set(name, is_on ? 'yes' : null);
        const present = options();
        source.emit('app.options_changed', present);
        return present;
      },
      'app.report': () => ({ text: report() }),
      'app.note_problem': ({ message }) => {
        logger.error({ problem: message }, 'a page stopped working');
        return null;
      },
    },
    arrive: (arrival) => {
      arrivals = [...arrivals, arrival].slice(-arrivalsAtMost);
      source.emit('app.arrived', {});
    },
  };
}
