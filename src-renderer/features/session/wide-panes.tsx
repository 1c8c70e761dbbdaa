import type { ReactElement } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { en } from '../../text/en.ts';
import type { PanesProps } from './panes.ts';
import { SidePanel } from './side-panel.tsx';
import { Chart, Setlist, Source } from './song-panes.tsx';

/** Setlist, source, chart, people and chat side by side; widths are remembered for each set of panes. */
export function WidePanes(props: PanesProps & { isSideOpen: boolean; isWide: boolean }): ReactElement {
  const { mode, current, isSideOpen, isWide } = props;
  const hasSource = mode === 'write' && current !== null;
  const panelIds = ['setlist', ...(hasSource ? ['source'] : []), 'chart', ...(isSideOpen ? ['side'] : [])];
  const layout = useDefaultLayout({ id: 'chordme.session', panelIds });
  return (
    <Group orientation="horizontal" className="panes" {...layout}>
      <Panel id="setlist" minSize={160} maxSize={240} defaultSize={200} groupResizeBehavior="preserve-pixel-size">
        <Setlist {...props} />
      </Panel>
      <Separator className="pane-divider" aria-label={en.setlist.title} />
      {hasSource && (
        <>
          <Panel id="source" minSize={240}>
            <Source {...props} />
          </Panel>
          <Separator className="pane-divider" aria-label={en.session.source} />
        </>
      )}
      <Panel id="chart" minSize={240}>
        <Chart {...props} />
      </Panel>
      {isSideOpen && (
        <>
          <Separator className="pane-divider" aria-label={en.people.title} />
          <Panel id="side" minSize={220} maxSize={420} defaultSize={280} groupResizeBehavior="preserve-pixel-size">
            <SidePanel {...props} isWide={isWide} />
          </Panel>
        </>
      )}
    </Group>
  );
}
