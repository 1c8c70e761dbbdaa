import { expect, test } from 'vitest';
import { builtInTemplates, type Template } from '../../../../shared/session/templates.ts';
import { withPermission } from '../../../../src-renderer/features/permissions/with-permission.ts';
import { draftOf, readDraft } from '../../../../src-renderer/features/templates/template-draft.ts';
import { roleStories, templateStory } from '../../../../src-renderer/features/templates/template-story.ts';
import { readSpan, spanWords, toSpan } from '../../../../src-renderer/ui/time-span.ts';

const builtIn = (id: string): Template => {
  const found = builtInTemplates.find((template) => template.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};

test.each(builtInTemplates.map((template) => [template.name, template] as const))(
  '%s: what is not touched is saved as it was',
  (_name, template) => {
    const { id: _id, is_built_in: _builtIn, ...values } = template;
    expect(readDraft(draftOf(template, false))).toEqual({ values, problems: null });
  },
);

test('each field that is wrong is named, and nothing is sent', () => {
  const draft = draftOf(builtIn('band-practice'), false);
  const wrong = {
    ...draft,
    name: '  ',
    category: '',
    seats: '51',
    cleanup: { count: '0', unit: 'days' as const },
    archive: { count: '367', unit: 'days' as const },
    role_labels: { ...draft.role_labels, viewer: ' ' },
  };
  const read = readDraft(wrong);
  expect(read.values).toBeNull();
  expect(Object.keys(read.problems ?? {}).toSorted()).toEqual(['archive', 'category', 'cleanup', 'name', 'seats', 'viewer']);
  for (const seats of ['', '1', '2.5', '1e1', '-3', 'x']) expect(readDraft({ ...draft, seats }).problems?.seats).toBeDefined();
});

test('a permission is given and taken in its place in the table', () => {
  const { permissions } = builtIn('band-practice');
  const given = withPermission(permissions, 'viewer', 'comment', true);
  expect(given.viewer).toEqual(['read', 'comment', 'chat']);
  expect(withPermission(given, 'viewer', 'comment', false)).toEqual(permissions);
  expect(given.editor).toBe(permissions.editor);
});

test('times are typed in the largest unit that says them whole', () => {
  expect([toSpan(86_400 * 30), toSpan(3_600 * 36), toSpan(60)]).toEqual([
    { count: '30', unit: 'days' },
    { count: '36', unit: 'hours' },
    { count: '1', unit: 'minutes' },
  ]);
  expect([
    readSpan({ count: '366', unit: 'days' }),
    readSpan({ count: '9999', unit: 'hours' }),
    readSpan({ count: '1.5', unit: 'days' }),
  ]).toEqual([366 * 86_400, 'beyond', null]);
  expect([spanWords(86_400), spanWords(5_400), spanWords(7_200)]).toEqual(['1 day', '90 minutes', '2 hours']);
});

test('the preview says what each may by the policy itself, and whom nobody let in', () => {
  const lesson = builtIn('music-lesson');
  expect(roleStories(lesson).map(({ label, may, isNewcomer }) => [label, may, isNewcomer])).toEqual([
    ['Teacher', 'may do everything', false],
    ['Student', 'may see it, write songs and the setlist, comment, chat', false],
    ['Parent', 'may see it, comment, chat', false],
    ['Listener', 'may see it', true],
  ]);
  const shut = { ...lesson, permissions: { ...lesson.permissions, viewer: ['chat' as const] } };
  expect(roleStories(shut).at(-1)?.may).toBe('cannot open it');
  expect(templateStory(builtIn('music-therapy'))).toEqual([
    'Only people who are invited come in.',
    'Who joins is Client. There are 3 seats, with who leads.',
    'Nothing is recorded by itself.',
    'What happened in it is seen by Therapist alone.',
    'When nobody has been in it for 7 days, it goes to rest; it wakes with the next word. After 30 days more it goes to the archive.',
  ]);
});
