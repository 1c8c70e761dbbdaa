import * as fc from 'fast-check';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** Values that programs stumble over, whatever a field expects. */
const hostileValues: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u2028\ufeff',
  '__proto__',
  'constructor',
  "'; DROP TABLE users; --",
  '%00%ff',
  '../../../../etc/passwd',
  // Two of them are more than a frame may have.
  'x'.repeat(40_000),
  '💥'.repeat(300),
  '9'.repeat(400),
  '1e309',
  'NaN',
  -1,
  0,
  -0,
  0.1,
  2 ** 31,
  2 ** 53,
  1e308,
  -1e308,
  [],
  [[[[[[[[]]]]]]]],
  Array.from({ length: 2_000 }, () => 0),
  {},
  { toString: 1, valueOf: null, length: -1 },
  { constructor: { prototype: { is_admin: true } } },
  { $ne: null },
];

const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'then',
  '',
  'is_admin',
  'user_id',
  'a.b[0]',
  '\u0000',
];

/** What a person might write into a field that takes any text. */
const plainText = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('Tuesday', '[C]la la', 'Größe 7/8'),
);

function textOf(schema: Json): fc.Arbitrary<unknown> {
  if (schema.format === 'email')
    return fc.constantFrom('someone@example.org', 'A.B+c@Example.ORG', `${'x'.repeat(64)}@${'y.'.repeat(90)}org`);
  if (schema.format === 'date-time')
    return fc.constantFrom('2026-01-02T03:04:05Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2024-02-29T24:00:00Z');
  if (schema.format !== undefined) return fc.uuid({ version: 7 });
  if (typeof schema.pattern !== 'string') return plainText;
  return fc.stringMatching(new RegExp(schema.pattern));
}

/** Values that a JSON schema takes, or nearly. */
function valuesOf(schema: Json): fc.Arbitrary<unknown> {
  const some = (list: unknown) => (list as Json[]).map(valuesOf);
  if (schema.anyOf !== undefined) return fc.oneof(...some(schema.anyOf));
  if (schema.oneOf !== undefined) return fc.oneof(...some(schema.oneOf));
  if (schema.allOf !== undefined) return fc.uuid({ version: 7 });
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number': {
      const min = Math.max(Number(schema.minimum ?? -1_000_000), -(2 ** 50));
      return fc.integer({ min, max: Math.max(min, Math.min(Number(schema.maximum ?? 2 ** 50), 2 ** 50)) });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valuesOf((schema.items ?? {}) as Json), { maxLength: 4 });
    case 'object':
      return objectsOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}

function objectsOf(schema: Json): fc.Arbitrary<unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Json>;
  const required = (schema.required ?? []) as string[];
  return fc.record(Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, valuesOf(value)])), {
    requiredKeys: required,
  });
}

/** Where in a value something is changed. */
type Place = [holder: Json | unknown[], key: string | number];

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [[value as Json, key] as Place, ...placesIn((value as Json)[key])]);
}

interface Harm {
  at: number;
  kind: 'replace' | 'remove' | 'add';
  value: unknown;
  key: string;
}

const harms: fc.Arbitrary<Harm> = fc.record({
  at: fc.nat(1_000),
  kind: fc.constantFrom('replace', 'replace', 'remove', 'add'),
  value: fc.constantFrom(...hostileValues),
  key: fc.constantFrom(...hostileKeys),
});

/** `__proto__` as JSON has it: a key like another, not the prototype. */
function put(holder: object, key: string | number, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function harmed(whole: unknown, all: readonly Harm[]): unknown {
  const root: Json = { whole: structuredClone(whole) };
  for (const { at, kind, value: shared, key } of all) {
    const value: unknown = structuredClone(shared);
    const places = placesIn(root);
    const [holder, name] = places[at % places.length] ?? [root, 'whole'];
    const inner = (holder as Json)[name];
    if (kind === 'add' && typeof inner === 'object' && inner !== null && !Array.isArray(inner)) put(inner, key, value);
    else if (kind === 'remove' && holder !== root && !Array.isArray(holder)) delete holder[name];
    else put(holder, name, value);
  }
  return root.whole;
}

/**
 * Inputs by a schema: as it wants them, with what is `known` (an id that is there, by its key) put in most of the time, and
 * with up to three things wrong in about two of three.
 */
export function hostileInputs(schema: z.ZodType, known: Readonly<Record<string, readonly unknown[]>> = {}): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  const fill = (value: unknown, choice: number): void => {
    for (const [holder, key] of placesIn(value)) {
      const there = known[key];
      if (there !== undefined && choice % 5 !== 0) put(holder, key, there[choice % there.length]);
    }
  };
  return fc
    .record({
      value: valuesOf(json),
      choice: fc.nat(1_000),
      wrong: fc.oneof(fc.constant([]), fc.array(harms, { minLength: 1, maxLength: 3 }), fc.array(harms, { minLength: 1, maxLength: 3 })),
    })
    .map(({ value, choice, wrong }) => {
      const own = structuredClone(value);
      fill(own, choice);
      return harmed(own, wrong);
    });
}

/** Words of the server that are nobody else's business: stacks, files, SQL. What was sent is looked through for none of them. */
export function leaksOf(text: string): string[] {
  const inside =
    /node_modules|\.(?:ts|js):\d+|\bat \w+ \(|sqlite|SELECT |INSERT |UPDATE "|no such (?:table|column)|constraint failed|ENOENT|chordme-server-|src-server|ZodError/i;
  const found = inside.exec(text);
  return found === null ? [] : [text.slice(Math.max(0, found.index - 80), found.index + 120)];
}
