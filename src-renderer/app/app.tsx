import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { createBrowserRouter, Navigate, Outlet, RouterProvider } from 'react-router';
import { NewPasswordPage } from '../features/account/new-password-page.tsx';
import { InvitationsPage } from '../features/invitations/invitations-page.tsx';
import { useInvitationNotices } from '../features/invitations/use-invitation-notices.ts';
import { LibraryPage } from '../features/library/library-page.tsx';
import { SetlistsPage } from '../features/setlist/setlists-page.tsx';
import { JoinPage } from '../features/sessions/join-page.tsx';
import { SessionsPage } from '../features/sessions/sessions-page.tsx';
import { OutboxPage } from '../features/outbox/outbox-page.tsx';
import { PreparedPage } from '../features/outbox/prepared-page.tsx';
import { useMadeSessions } from '../features/outbox/use-made-sessions.ts';
import { useSendUnsent } from '../features/outbox/use-send-unsent.ts';
import { TemplatePage } from '../features/templates/template-page.tsx';
import { TemplatesPage } from '../features/templates/templates-page.tsx';
import '../theme/base.css';
import { styleNonce } from '../theme/style-nonce.ts';
import { cssVariables, theme } from '../theme/theme.ts';
import { ArrivedFilesProvider } from './arrived-files.tsx';
import { CrashPage } from './crash-page.tsx';
import { LostPage } from './lost-page.tsx';
import { Overlays } from './overlays.tsx';
import { PartsProvider, type Parts } from './parts.tsx';
import { useCoreEvents } from './core-events.ts';
import { makeQueryClient } from './queries.ts';
import { Shell } from './shell.tsx';
import { useArrivals } from './use-arrivals.ts';
import { useNotedProblems } from './use-noted-problems.ts';
import { useSpelling } from './use-spelling.ts';

// What has an editor or is seldom opened is read when it is: the songbook is there sooner.
const songPage = async () => ({ Component: (await import('../features/library/song-page.tsx')).SongPage });
const setlistPage = async () => ({ Component: (await import('../features/setlist/setlist-page.tsx')).SetlistPage });
const songHistoryPage = async () => ({ Component: (await import('../features/history/library-history-page.tsx')).LibraryHistoryPage });
const sessionPage = async () => ({ Component: (await import('../features/session/session-page.tsx')).SessionPage });
const settingsPage = async () => ({ Component: (await import('../features/settings/settings-page.tsx')).SettingsPage });
const administrationPage = async () => ({
  Component: (await import('../features/admin/administration-page.tsx')).AdministrationPage,
});

function Pages(): ReactElement {
  useArrivals();
  useInvitationNotices();
  useMadeSessions();
  useSendUnsent();
  return (
    <>
      <Outlet />
      <Overlays />
    </>
  );
}

function Root(): ReactElement {
  useCoreEvents();
  useNotedProblems();
  useSpelling();
  return (
    <ArrivedFilesProvider>
      <Pages />
    </ArrivedFilesProvider>
  );
}

function makeRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    {
      element: <Root />,
      errorElement: <CrashPage />,
      hydrateFallbackElement: <div aria-busy="true" />,
      children: [
        {
          element: <Shell />,
          children: [
            { index: true, element: <Navigate to="/library" replace /> },
            { path: 'library', element: <LibraryPage /> },
            { path: 'library/setlists', element: <SetlistsPage /> },
            { path: 'setlist/:id', lazy: setlistPage },
            { path: 'song/:id', lazy: songPage },
            { path: 'song/:id/history', lazy: songHistoryPage },
            { path: 'sessions', element: <SessionsPage /> },
            { path: 'sessions/prepared/:id', element: <PreparedPage /> },
            { path: 'waiting', element: <OutboxPage /> },
            { path: 'invitations', element: <InvitationsPage /> },
            { path: 'templates', element: <TemplatesPage /> },
            { path: 'templates/:id', element: <TemplatePage /> },
            { path: 'settings', lazy: settingsPage },
            { path: 'settings/administration', lazy: administrationPage },
            { path: 'new-password', element: <NewPasswordPage /> },
            { path: 'join', element: <JoinPage /> },
            { path: '*', element: <LostPage /> },
          ],
        },
        { path: 'session/:id/:place?/:recordingId?', lazy: sessionPage },
      ],
    },
  ]);
}

/** The whole interface over the parts it is given. */
export function App({ parts }: { parts: Parts }): ReactElement {
  const [client] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} getStyleNonce={styleNonce} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <ModalsProvider>
          <Notifications position="bottom-center" transitionDuration={120} limit={3} />
          <PartsProvider parts={parts}>
            <RouterProvider router={router} />
          </PartsProvider>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
