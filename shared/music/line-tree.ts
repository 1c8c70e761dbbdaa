import { Tree, type NodeSet } from '@lezer/common';
import { directiveClass } from './directive-names.ts';
import { readBrackets } from './read-brackets.ts';
import { readDirectives, startsSong, type Directive } from './read-directive.ts';
import { gridChords } from './read-grid.ts';
import { nodeId, type SongNodeName } from './song-nodes.ts';

/** How the lines of an open section are read; `section` is its type, `none` outside. */
export interface LineState {
  section: string;
  mode: 'lyrics' | 'grid' | 'verbatim';
}

export interface LineTree {
  kind:
    | 'LyricsLine'
    | 'GridLine'
    | 'VerbatimLine'
    | 'EmptyLine'
    | 'RemarkLine'
    | 'DirectiveLine'
    | 'SectionStart'
    | 'SectionEnd'
    | 'NewSong';
  /** The type of the section that starts or ends. */
  section: string;
  tree: Tree;
}

/** A line with its end as a tree whose leaves are all of its text. `text` is the line, `end` the characters that end it. */
export function lineTree(text: string, end: string, state: LineState, nodeSet: NodeSet): LineTree {
  const leaves = new Leaves();
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (start > 0) leaves.add('ByteOrderMark', 0, 1);
  const source = start > 0 ? text.slice(1) : text;
  const kind = readKind(source, state);
  const directives = kind.directives;
  if (directives !== null) addDirectives(leaves, directives, source, start);
  else addPlain(leaves, kind.name, source, start);
  if (end !== '') leaves.add('LineEnd', text.length, text.length + end.length);
  const length = text.length + end.length;
  const tree = Tree.build({ buffer: leaves.buffer, nodeSet, topID: nodeId(kind.name), length, maxBufferLength: 1024 });
  return { kind: kind.name, section: kind.section, tree };
}

interface LineKind {
  name: LineTree['kind'];
  section: string;
  directives: Directive[] | null;
}

function readKind(source: string, state: LineState): LineKind {
  const directives = source.includes('{') ? readDirectives(source) : null;
  if (state.mode === 'verbatim' && !startsSong(source)) {
    const isEnd = directives?.some((directive) => directive.name === `end_of_${state.section}`) ?? false;
    return isEnd ? { name: 'SectionEnd', section: state.section, directives } : { name: 'VerbatimLine', section: '', directives: null };
  }
  if (directives !== null) {
    for (const { name } of directives) {
      const kind = directiveClass(name);
      if (kind === 'start') return { name: 'SectionStart', section: name.slice(9), directives };
      if (kind === 'end') return { name: 'SectionEnd', section: name.slice(7), directives };
      if (kind === 'new-song') return { name: 'NewSong', section: '', directives };
    }
    return { name: 'DirectiveLine', section: '', directives };
  }
  if (source.trim() === '') return { name: 'EmptyLine', section: '', directives: null };
  if (source.startsWith('#')) return { name: 'RemarkLine', section: '', directives: null };
  return { name: state.mode === 'grid' ? 'GridLine' : 'LyricsLine', section: '', directives: null };
}

function addPlain(leaves: Leaves, kind: LineTree['kind'], source: string, base: number): void {
  if (kind === 'LyricsLine') addLyrics(leaves, source, base);
  else if (kind === 'GridLine') addGrid(leaves, source, base);
  else leaves.fill(kind === 'EmptyLine' ? 'Blank' : kind === 'RemarkLine' ? 'Remark' : 'Verbatim', base, base + source.length);
}

function addLyrics(leaves: Leaves, source: string, base: number): void {
  let at = 0;
  for (const { content, from, to } of readBrackets(source).brackets) {
    leaves.fill('Words', base + at, base + from);
    const before = leaves.buffer.length;
    leaves.add('ChordMark', base + from, base + from + 1);
    leaves.fill('ChordName', base + from + 1, base + to - 1);
    leaves.add('ChordMark', base + to - 1, base + to);
    leaves.wrap(content.startsWith('*') ? 'Annotation' : 'Chord', base + from, base + to, before);
    at = to;
  }
  leaves.fill('Words', base + at, base + source.length);
}

function addGrid(leaves: Leaves, source: string, base: number): void {
  let at = 0;
  // A line does not know the names of its song: German ones are the common ones and H.
  for (const { from, to } of gridChords(source, 'german')) {
    leaves.fill('GridMark', base + at, base + from);
    leaves.add('GridChord', base + from, base + to);
    at = to;
  }
  leaves.fill('GridMark', base + at, base + source.length);
}

function addDirectives(leaves: Leaves, directives: readonly Directive[], source: string, base: number): void {
  let at = 0;
  for (const directive of directives) {
    const { from, to, name_from: nameFrom, name_to: nameTo, value_from: valueFrom, value_to: valueTo } = directive;
    leaves.fill('Blank', base + at, base + from);
    const before = leaves.buffer.length;
    const inner = directive.is_closed ? to - 1 : to;
    const dash = source.slice(nameFrom, nameTo).indexOf('-');
    const bareTo = dash < 0 ? nameTo : nameFrom + dash;
    leaves.add('Brace', base + from, base + from + 1);
    leaves.fill('Separator', base + from + 1, base + nameFrom);
    leaves.fill('DirectiveName', base + nameFrom, base + bareTo);
    leaves.fill('Selector', base + bareTo, base + nameTo);
    leaves.fill('Separator', base + nameTo, base + valueFrom);
    leaves.fill(directiveClass(directive.name) === 'comment' ? 'CommentText' : 'DirectiveValue', base + valueFrom, base + valueTo);
    leaves.fill('Separator', base + valueTo, base + inner);
    if (directive.is_closed) leaves.add('Brace', base + inner, base + to);
    leaves.wrap('Directive', base + from, base + to, before);
    at = to;
  }
  leaves.fill('Blank', base + at, base + source.length);
}

/** The buffer that Tree.build reads: nodes in the order of their ends, four numbers each. */
class Leaves {
  readonly buffer: number[] = [];

  add(name: SongNodeName, from: number, to: number): void {
    this.buffer.push(nodeId(name), from, to, 4);
  }

  /** Nothing for an empty range. */
  fill(name: SongNodeName, from: number, to: number): void {
    if (to > from) this.add(name, from, to);
  }

  /** A node around all that was added since the buffer was `before` long. */
  wrap(name: SongNodeName, from: number, to: number, before: number): void {
    this.buffer.push(nodeId(name), from, to, this.buffer.length - before + 4);
  }
}
