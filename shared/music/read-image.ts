import { readAttributes } from './read-directive.ts';

const firstAttribute = /^[A-Za-z_][\w-]*\s*=/;
const flags = /^(?:center|border|spread|persist|omit)(?:\s+(?:center|border|spread|persist|omit))*$/;
const fileName = /^(?:"([^"]*)"|'([^']*)'|(\S+))(?:\s+|$)/;

/** `src="a.png" scale=0.5`, and `"a.png" scale=0.5`: what comes first without a name is the file. A value that is neither is one as a whole. */
export function readImage(value: string): Record<string, string> {
  if (firstAttribute.test(value)) return readAttributes(value) ?? { src: value };
  const first = fileName.exec(value);
  if (first === null) return {};
  const src = first[1] ?? first[2] ?? first[3] ?? '';
  const rest = value.slice(first[0].length);
  const others =
    rest === '' || flags.test(rest) ? Object.fromEntries((rest.match(/\S+/g) ?? []).map((flag) => [flag, ''])) : readAttributes(rest);
  return others === null ? { src: value } : { ...others, src };
}
