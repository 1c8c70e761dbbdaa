import { systemOfLines } from './chord-line.ts';
import { ChordProWriter, type Imported } from './chordpro-writer.ts';
import { readOnSongHeading } from './heading.ts';
import { writeField } from './header-fields.ts';
import { textLines, writeBody } from './import-over-lyrics.ts';

/** Below title and artist a head has nothing but fields: those that are not known keep their own name. */
const otherField = /^([A-Za-z][\w -]{0,24}?)\s*:\s*(\S.{0,300})$/;

/** OnSong: title and artist on the first two lines, fields up to the first empty line, sections by `Verse 1:`, chords in brackets or above. */
export function importOnSong(text: string): Imported {
  const writer = new ChordProWriter();
  const lines = textLines(text);
  let at = lines.findIndex((line) => line.trim() !== '');
  if (at < 0) return writer.finish();
  const names = ['title', 'artist'];
  for (; at < lines.length; at += 1) {
    const line = (lines[at] ?? '').trim();
    if (line === '' || readOnSongHeading(line) !== null) break;
    if (/^\{.*\}$/.test(line)) writer.line(line);
    else if (!writeField(writer, line)) {
      const name = names.shift();
      const field = name === undefined ? otherField.exec(line) : null;
      if (name !== undefined) writer.meta(name, line);
      else if (field?.[1] !== undefined && field[2] !== undefined)
        writer.meta('meta', `${field[1].toLowerCase().replaceAll(' ', '_')} ${field[2]}`);
      else break;
    }
  }
  const body = lines.slice(at);
  writeBody(writer, body, { system: systemOfLines(body), sectionsGoOn: true, readHeading: readOnSongHeading });
  return writer.finish();
}
