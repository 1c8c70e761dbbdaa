import {
  NodeType,
  Parser,
  Tree,
  type Input,
  type NodePropSource,
  type NodeSet,
  type PartialParse,
  type SyntaxNodeRef,
  type TreeFragment,
} from '@lezer/common';
import { limits } from '../base/limits.ts';
import { lineTree, type LineState } from './line-tree.ts';
import { nodeId, songNodeSet, type SongNodeName } from './song-nodes.ts';

/** Lines read by one call of `advance`: enough for any screen, short enough to be interrupted. */
const linesPerStep = 500;

/**
 * The lossless tree of a song: `Song` holds sections and lines, lines hold leaves, and the leaves put together are the text. Reads by
 * line, as ChordPro does, so any text has a tree and each line costs its own length. After an edit everything outside of the edited
 * line, or section, is taken from the tree before.
 */
export class SongParser extends Parser {
  private readonly nodeSet: NodeSet;
  /** Groups that can be taken as they are; asking again would cost their size for each keystroke. */
  private readonly whole = new WeakMap<Tree, boolean>();

  /** `extensions` add properties to node types, such as folding. */
  constructor(extensions: readonly NodePropSource[] = []) {
    super();
    this.nodeSet = songNodeSet.extend(...extensions);
  }

  createParse(input: Input, fragments: readonly TreeFragment[], ranges: readonly { from: number; to: number }[]): PartialParse {
    return new SongParse(input, fragments, this.nodeSet, this.whole, ranges[0]?.from ?? 0, ranges.at(-1)?.to ?? input.length);
  }
}

interface Block {
  name: 'Song' | 'Section';
  from: number;
  children: Tree[];
  positions: number[];
}

const outside: LineState = { section: 'none', mode: 'lyrics' };
const verbatim = new Set(['tab', 'abc', 'ly', 'svg', 'textblock']);

class SongParse implements PartialParse {
  private readonly input: Input;
  private readonly fragments: readonly TreeFragment[];
  private readonly nodeSet: NodeSet;
  private readonly whole: WeakMap<Tree, boolean>;
  private end: number;
  private readonly song: Block;
  private section: Block | null = null;
  private state: LineState = outside;
  private lines = 0;
  parsedPos: number;
  stoppedAt: number | null = null;

  constructor(input: Input, fragments: readonly TreeFragment[], nodeSet: NodeSet, whole: WeakMap<Tree, boolean>, from: number, to: number) {
    this.whole = whole;
    this.input = input;
    this.fragments = fragments;
    this.nodeSet = nodeSet;
    this.end = to;
    this.parsedPos = from;
    this.song = { name: 'Song', from, children: [], positions: [] };
  }

  stopAt(pos: number): void {
    this.stoppedAt = pos;
    this.end = Math.min(this.end, pos);
  }

  advance(): Tree | null {
    for (let count = 0; count < linesPerStep; count += 1) {
      if (this.parsedPos >= this.end) return this.finish();
      if (this.reuse()) continue;
      this.lines += 1;
      if (this.lines <= limits.linesPerSong) this.readLine();
      else this.keepRest();
    }
    return this.parsedPos >= this.end ? this.finish() : null;
  }

  private finish(): Tree {
    this.closeSection('OpenSection');
    return this.build(this.song, 'Song', this.parsedPos);
  }

  /** Takes what the tree before has at this place, if it means the same here. */
  private reuse(): boolean {
    const pos = this.parsedPos;
    for (const fragment of this.fragments) {
      if (fragment.from > pos || fragment.to <= pos) continue;
      // A line at the end of what is kept may go on in what is new: its `\r` may have got a `\n`.
      const limit = Math.min(fragment.to - (fragment.openEnd ? 1 : 0), this.end);
      const found = reusableAt(fragment.tree, 0, pos + fragment.offset, limit + fragment.offset, this.state, this.whole);
      if (found === null) continue;
      this.take(found, pos);
      this.parsedPos = pos + found.length;
      return true;
    }
    return false;
  }

  private take(tree: Tree, pos: number): void {
    const block = this.section ?? this.song;
    block.children.push(tree);
    block.positions.push(pos - block.from);
  }

  private readLine(): void {
    const from = this.parsedPos;
    const { text, end } = this.lineAt(from);
    const line = lineTree(text, end, this.state, this.nodeSet);
    this.parsedPos = from + text.length + end.length;
    if (line.kind === 'SectionStart' || line.kind === 'NewSong') this.closeSection('OpenSection', from);
    if (line.kind === 'SectionStart') {
      this.section = { name: 'Section', from, children: [], positions: [] };
      const mode = line.section === 'grid' ? 'grid' : verbatim.has(line.section) ? 'verbatim' : 'lyrics';
      this.state = { section: line.section, mode };
    }
    this.take(line.tree, from);
    if (line.kind === 'SectionEnd' && this.section !== null && line.section === this.state.section) this.closeSection('Section');
  }

  /** A text of so many lines is no song; the rest of it is one leaf. */
  private keepRest(): void {
    const from = this.parsedPos;
    const length = this.end - from;
    const buffer = [nodeId('Words'), 0, length, 4];
    this.take(Tree.build({ buffer, nodeSet: this.nodeSet, topID: nodeId('LyricsLine'), length }), from);
    this.parsedPos = this.end;
  }

  private closeSection(name: 'Section' | 'OpenSection', to = this.parsedPos): void {
    const { section } = this;
    if (section === null) return;
    this.section = null;
    this.state = outside;
    this.take(this.build(section, name, to), section.from);
  }

  private build(block: Block, name: SongNodeName, to: number): Tree {
    const type = this.nodeSet.types[nodeId(name)] ?? NodeType.none;
    return new Tree(type, block.children, block.positions, to - block.from).balance({
      makeTree: (children, positions, length) => new Tree(NodeType.none, children, positions, length),
    });
  }

  /** Up to the end of the line or of what is to be parsed; `end` is what ends it. */
  private lineAt(from: number): { text: string; end: string } {
    let text = '';
    for (let at = from; at < this.end;) {
      const chunk = this.input.chunk(at).slice(0, this.end - at);
      if (chunk === '') break;
      const stop = chunk.search(/[\r\n]/);
      if (stop >= 0) {
        text += chunk.slice(0, stop);
        const next = chunk.charAt(stop + 1) || this.input.read(at + stop + 1, Math.min(at + stop + 2, this.end));
        return { text, end: chunk.charAt(stop) === '\r' && next === '\n' ? '\r\n' : chunk.charAt(stop) };
      }
      text += chunk;
      at += chunk.length;
    }
    return { text, end: '' };
  }
}

const anywhere: ReadonlySet<SongNodeName> = new Set(['EmptyLine', 'RemarkLine', 'DirectiveLine']);

/** The largest node that starts at `pos`, ends by `limit`, and means in `state` what it meant where it is. */
function reusableAt(tree: Tree, base: number, pos: number, limit: number, state: LineState, whole: WeakMap<Tree, boolean>): Tree | null {
  const index = childAt(tree, pos - base);
  const child = tree.children[index];
  const start = base + (tree.positions[index] ?? 0);
  // A line's leaves are buffers; those of a line are never taken alone.
  if (!(child instanceof Tree)) return null;
  if (start === pos && child.length > 0 && start + child.length <= limit && canStand(child, state, whole)) return child;
  const isGroup = child.type.isAnonymous || child.type.id === nodeId('Section') || child.type.id === nodeId('OpenSection');
  return isGroup ? reusableAt(child, start, pos, limit, state, whole) : null;
}

/** The last child that starts at or before `pos`. */
function childAt(tree: Tree, pos: number): number {
  let low = 0;
  let high = tree.positions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tree.positions[middle] ?? 0) <= pos) low = middle;
    else high = middle - 1;
  }
  return low;
}

function canStand(tree: Tree, state: LineState, whole: WeakMap<Tree, boolean>): boolean {
  if (tree.type.isAnonymous) return state.section === 'none' && isWhole(tree, whole);
  const name = tree.type.name as SongNodeName;
  if (state.mode === 'verbatim') return name === 'VerbatimLine';
  if (anywhere.has(name)) return true;
  if (name === 'Section') return state.section === 'none';
  return name === (state.mode === 'grid' ? 'GridLine' : 'LyricsLine');
}

/** A group of lines and sections that needs nothing of what is around it: a group out of a section, or one that ends open, does. */
function isWhole(group: Tree, whole: WeakMap<Tree, boolean>): boolean {
  let known = whole.get(group);
  if (known === undefined) {
    known = group.children.every((child, index) => {
      if (!(child instanceof Tree)) return false;
      if (child.type.isAnonymous) return isWhole(child, whole);
      const name = child.type.name as SongNodeName;
      if (name === 'OpenSection') return index < group.children.length - 1;
      return anywhere.has(name) || name === 'Section' || name === 'LyricsLine' || name === 'NewSong';
    });
    whole.set(group, known);
  }
  return known;
}

/** Puts the leaves of a tree together: the text it was made of, byte by byte. */
export function printTree(tree: Tree, text: string): string {
  const parts: string[] = [];
  tree.iterate({
    enter: (node: SyntaxNodeRef) => {
      if (node.node.firstChild === null) parts.push(text.slice(node.from, node.to));
    },
  });
  return parts.join('');
}

export const songParser = new SongParser();
