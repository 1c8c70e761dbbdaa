import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtInTemplates } from '../../../shared/session/templates.ts';
import { callApi } from '../../support/api-client.ts';
import { createSession, expectDone, registerUser, startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const { id: _id, is_built_in: _builtIn, ...values } = { ...builtInTemplates[0], name: 'Choir' } as (typeof builtInTemplates)[number];

test('built-in templates are listed with their uses, the most used first; a session copies the values', async () => {
  const { url } = server;
  const ada = await registerUser(url);
  const before = expectDone(await callApi(url, 'listTemplates', {}, ada.token)).items;
  expect(
    before
      .filter((item) => item.is_built_in)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(builtInTemplates.map(({ id }) => id).toSorted());
  await createSession(url, ada, { template_id: 'coaching' });
  await createSession(url, ada, { template_id: 'coaching' });
  await createSession(url, ada, { template_id: 'quick-review' });
  const items = expectDone(await callApi(url, 'listTemplates', {}, ada.token)).items;
  expect(items.slice(0, 2).map(({ id, uses }) => [id, uses])).toEqual([
    ['coaching', 2],
    ['quick-review', 1],
  ]);
});

test('own templates: made, changed, used, shared, deleted; what was made from one keeps its values', async () => {
  const { url } = server;
  const ada = await registerUser(url);
  const ben = await registerUser(url, 'Ben');
  const made = await callApi(url, 'createTemplate', { ...values, max_participants: 30, default_role: 'viewer' }, ada.token);
  expect(made.status).toBe(201);
  const template = expectDone(made);
  expect(template).toMatchObject({ name: 'Choir', is_mine: true, is_shared: false, is_built_in: false, uses: 0, owner_name: 'Ada' });
  const session = await createSession(url, ada, { template_id: template.id });
  expect(session).toMatchObject({ max_participants: 30, default_role: 'viewer', template_id: template.id });

  // Nobody else's before it is shared.
  const list = async (token: string) => expectDone(await callApi(url, 'listTemplates', {}, token)).items.map(({ id }) => id);
  expect(await list(ben.token)).not.toContain(template.id);
  const foreign = await callApi(url, 'createSession', { name: 'x', template_id: template.id }, ben.token);
  expect(foreign.problem).toMatchObject({ status: 422, errors: [{ path: 'template_id' }] });
  expect((await callApi(url, 'updateTemplate', { id: template.id, name: 'Mine' }, ben.token)).status).toBe(404);

  const shared = expectDone(await callApi(url, 'updateTemplate', { id: template.id, is_shared: true, max_participants: 12 }, ada.token));
  expect(shared).toMatchObject({ is_shared: true, max_participants: 12, name: 'Choir', uses: 1 });
  expect(await list(ben.token)).toContain(template.id);
  expect((await createSession(url, ben, { template_id: template.id })).max_participants).toBe(12);
  expect((await callApi(url, 'updateTemplate', { id: template.id, name: 'Mine' }, ben.token)).problem?.code).toBe('forbidden');
  expect((await callApi(url, 'deleteTemplate', { id: template.id }, ben.token)).problem?.code).toBe('forbidden');

  expect((await callApi(url, 'deleteTemplate', { id: template.id }, ada.token)).status).toBe(204);
  expect(await list(ada.token)).not.toContain(template.id);
  expect(expectDone(await callApi(url, 'getSession', { id: session.id }, ada.token)).max_participants).toBe(30);
  expect((await callApi(url, 'deleteTemplate', { id: template.id }, ada.token)).status).toBe(404);
});
