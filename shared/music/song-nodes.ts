import { NodeSet, NodeType } from '@lezer/common';
import { styleTags, tags } from '@lezer/highlight';

const names = [
  // What holds other nodes.
  'Song',
  'Section', // from its {start_of_X} to its {end_of_X}
  'OpenSection', // without its end: up to the next start, or the end of the text
  'LyricsLine',
  'GridLine',
  'VerbatimLine',
  'EmptyLine',
  'RemarkLine',
  'DirectiveLine',
  'SectionStart',
  'SectionEnd',
  'NewSong',
  'Directive',
  'Chord',
  'Annotation',
  // Leaves: put together they are the text, to the byte.
  'ByteOrderMark',
  'LineEnd',
  'Blank',
  'Words',
  'Verbatim',
  'Remark',
  'ChordMark',
  'ChordName',
  'GridChord',
  'GridMark',
  'Brace',
  'DirectiveName',
  'Selector',
  'Separator',
  'DirectiveValue',
  'CommentText',
] as const;

export type SongNodeName = (typeof names)[number];

const types = names.map((name, id) => NodeType.define({ id, name, top: name === 'Song' }));

export const songNodeSet = new NodeSet(types).extend(
  styleTags({
    ChordName: tags.keyword,
    GridChord: tags.keyword,
    ChordMark: tags.squareBracket,
    'Annotation/...': tags.annotation,
    Brace: tags.brace,
    DirectiveName: tags.tagName,
    Selector: tags.modifier,
    Separator: tags.separator,
    DirectiveValue: tags.attributeValue,
    CommentText: tags.docComment,
    Remark: tags.lineComment,
    GridMark: tags.punctuation,
    Verbatim: tags.monospace,
  }),
);

const ids = Object.fromEntries(names.map((name, id) => [name, id])) as Readonly<Record<SongNodeName, number>>;

export function nodeId(name: SongNodeName): number {
  return ids[name];
}
