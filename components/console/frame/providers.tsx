'use client'

import { ColorSchemeScript, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffectEvent, useLayoutEffect, useMemo, useState } from 'react'
import { ApiProblem } from '../api/api.ts'
import { hasEnded, isAnothers, isLost, sayRefused, UNANSWERED } from '../api/problem-words.ts'
import { isAskedAbove } from '../kit/confirm.tsx'
import { focusedButton, holdFocus } from '../kit/page-focus.ts'
import { type EndedSession, EndedSessionProvider } from './ended-session.tsx'
import styles from './providers.module.css'
import { cssVariables, theme } from './theme.ts'
import { tolerateMovedNodes } from './tolerate-moved-nodes.ts'

/** What every page of the console needs: theme, data, dialogs and toasts. */
export function ConsoleProviders({ nonce, children }: { nonce: string; children: ReactNode }) {
  // The document keeps the policy it was loaded with: it refuses the nonce of a later request.
  const [styleNonce] = useState(nonce)
  const [end, setEnd] = useState<SessionEnd | null>(null)
  const [client] = useState(() => newClient(setEnd))
  const session = useMemo(
    () => ({
      ended: end !== null,
      another: end?.another ?? false,
      refused: end?.refused ?? null,
      becomeAnothers: () => setEnd((before) => ({ another: true, refused: before?.refused ?? null })),
      resume() {
        // An answer from before must not count as a new refusal.
        void client.cancelQueries().then(() => {
          setEnd(null)
          return client.invalidateQueries()
        })
      },
    }),
    [end, client],
  )
  useEscapeTaken(end !== null)
  // The scroll lock of dialogs adds a <style> of its own and reads the nonce from here (package get-nonce).
  if (typeof window !== 'undefined') {
    Object.assign(window, { __webpack_nonce__: styleNonce })
    tolerateMovedNodes()
  }
  return (
    <>
      <ColorSchemeScript nonce={styleNonce} defaultColorScheme="auto" suppressHydrationWarning />
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => styleNonce}
      >
        <QueryClientProvider client={client}>
          <EndedSessionProvider value={session}>
            <ModalsProvider modalProps={{ centered: true }}>
              {children}
              <Notifications position="top-center" classNames={{ root: styles.notices! }} />
            </ModalsProvider>
          </EndedSessionProvider>
        </QueryClientProvider>
      </MantineProvider>
    </>
  )
}

/**
 * While it is taken, the key closes no dialog: signing in again is over all of them, and is not closed. It is left to the
 * question whether to leave them all.
 */
function useEscapeTaken(taken: boolean): void {
  const take = useEffectEvent((event: KeyboardEvent) => {
    if (taken && event.key === 'Escape' && !isAskedAbove()) event.stopImmediatePropagation()
  })
  // Before the effects in which dialogs begin to listen in the same place.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => take(event)
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])
}

const TRIES_MAX = 2

type SessionEnd = Pick<EndedSession, 'another' | 'refused'>

/** `ends` is called when a session has ended elsewhere. */
function newClient(ends: (next: (before: SessionEnd | null) => SessionEnd) => void): QueryClient {
  let unanswered: string | null = null
  return new QueryClient({
    // Pages ask by themselves, too: what they are refused is nothing that the person did.
    queryCache: new QueryCache({
      onError: (error) =>
        hasEnded(error) &&
        ends((before) => ({ another: isAnothers(error), refused: before?.refused ?? unanswered })),
    }),
    mutationCache: new MutationCache({
      // Before anything is drawn: what began the change still has the focus, and may lose it by being disabled.
      onMutate: () => holdFocus(focusedButton()),
      onSuccess: () => {
        unanswered = null
      },
      onError: (error) => {
        unanswered = isLost(error) ? UNANSWERED : null
        if (hasEnded(error)) ends(() => ({ another: isAnothers(error), refused: sayRefused(error) }))
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // Without a connection a request fails at once and says so; it is repeated when the connection is back.
        networkMode: 'always',
        refetchOnReconnect: true,
        // A refusal stays a refusal; a failed connection may recover.
        retry: (count, error) => !(error instanceof ApiProblem && error.status < 500) && count < TRIES_MAX,
      },
      // A change never waits for a connection, or it would be made when nobody expects it.
      mutations: { networkMode: 'always' },
    },
  })
}
