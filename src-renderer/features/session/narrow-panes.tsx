import { SegmentedControl } from '@mantine/core';
import type { ReactElement } from 'react';
import { en } from '../../text/en.ts';
import { paneNames, type PaneName, type PanesProps } from './panes.ts';
import { Chat, Comments, Marks, People } from './side-panel.tsx';
import { Chart, Setlist, Source } from './song-panes.tsx';

const words: Record<PaneName, string> = {
  setlist: en.setlist.title,
  source: en.session.source,
  chart: en.session.chart,
  people: en.people.title,
  chat: en.chat.title,
  comments: en.comments.title,
  marks: en.marks.title,
};

/** One pane at a time, for narrow windows. */
export function NarrowPanes(props: PanesProps): ReactElement {
  const { pane: wanted, onPane } = props;
  const shown = paneNames.filter((name) => name !== 'source' || props.mode === 'write');
  const pane = shown.includes(wanted) ? wanted : 'chart';
  return (
    <div className="narrow">
      <SegmentedControl
        size="xs"
        fullWidth
        radius={0}
        aria-label={en.session.pane}
        value={pane}
        onChange={(value) => {
          const next = paneNames.find((name) => name === value);
          if (next !== undefined) onPane(next);
        }}
        data={shown.map((name) => ({ value: name, label: words[name] }))}
      />
      <div className="narrow-pane">
        {pane === 'setlist' && <Setlist {...props} />}
        {pane === 'source' && <Source {...props} />}
        {pane === 'chart' && <Chart {...props} />}
        {pane === 'people' && <People {...props} />}
        {pane === 'chat' && <Chat {...props} />}
        {pane === 'comments' && <Comments {...props} />}
        {pane === 'marks' && <Marks {...props} />}
      </div>
    </div>
  );
}
