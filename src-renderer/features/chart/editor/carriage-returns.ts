import { EditorSelection, EditorState, type Extension, type Range, type SelectionRange, type Text } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

const hidden = Decoration.replace({});

function isAfterReturn(doc: Text, offset: number): boolean {
  if (offset === 0 || doc.sliceString(offset - 1, offset) !== '\r') return false;
  return doc.lineAt(offset).to === offset;
}

/** Hides the `\r` at the end of each line in sight. */
function hideReturns(view: EditorView): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.lineAt(line.to + 1)) {
      if (line.text.endsWith('\r')) ranges.push(hidden.range(line.to - 1, line.to));
      if (line.to + 1 > to || line.to >= view.state.doc.length) break;
    }
  }
  return Decoration.set(ranges);
}

/** `\r\n` is one step for the keyboard. */
function lineEnds(view: EditorView): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const doc = view.state.doc;
  for (const { from, to } of view.visibleRanges) {
    for (let line = doc.lineAt(from > 0 ? from - 1 : 0); ; line = doc.lineAt(line.to + 1)) {
      if (line.text.endsWith('\r')) ranges.push(hidden.range(line.to - 1, Math.min(line.to + 1, doc.length)));
      if (line.to + 1 > to || line.to >= doc.length) break;
    }
  }
  return Decoration.set(ranges);
}

/**
 * Files of Windows end their lines in `\r\n`. The editor's lines end at `\n`, so that its offsets are those of the shared text;
 * here the `\r` is hidden and a caret never stands behind it, else what is typed at a line's end would land within the line end.
 */
export function carriageReturns(): Extension {
  const plugin = ViewPlugin.define(
    (view) => ({
      decorations: hideReturns(view),
      atoms: lineEnds(view),
      update(update: ViewUpdate) {
        if (!update.docChanged && !update.viewportChanged) return;
        this.decorations = hideReturns(update.view);
        this.atoms = lineEnds(update.view);
      },
    }),
    {
      decorations: (value) => value.decorations,
      provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.atoms ?? Decoration.none),
    },
  );
  const beforeReturn = EditorState.transactionFilter.of((transaction) => {
    if (transaction.selection === undefined) return transaction;
    const doc = transaction.newDoc;
    const { ranges, mainIndex } = transaction.selection;
    if (!ranges.some((range) => isAfterReturn(doc, range.anchor) || isAfterReturn(doc, range.head))) return transaction;
    const back = (offset: number): number => (isAfterReturn(doc, offset) ? offset - 1 : offset);
    const moved = (range: SelectionRange): SelectionRange => EditorSelection.range(back(range.anchor), back(range.head));
    return [transaction, { selection: EditorSelection.create(ranges.map(moved), mainIndex), sequential: true }];
  });
  return [plugin, beforeReturn];
}
