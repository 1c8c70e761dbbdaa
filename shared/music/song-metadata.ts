import { directiveClass } from './directive-names.ts';
import { withoutMarkup } from './markup.ts';
import type { Directive } from './read-directive.ts';

/** What a directive says about its song, written `{name: value}` or `{meta: name value}`; null where it says nothing, or not to everybody. */
export function songMetadata({ name, value, selector }: Directive): { name: string; value: string } | null {
  const meta = directiveClass(name) === 'meta' ? /^(\S+)\s+(.*)$/s.exec(value) : undefined;
  if (meta === null || selector !== null) return null;
  const said = withoutMarkup(meta?.[2] ?? value);
  return said === '' ? null : { name: meta?.[1]?.toLowerCase() ?? name, value: said };
}
