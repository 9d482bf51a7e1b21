'use client'

import { ColorSchemeScript, MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { ApiProblem } from '../api/api.ts'
import { cssVariables, theme } from './theme.ts'
import { tolerateMovedNodes } from './tolerate-moved-nodes.ts'

/** What every page of the console needs: theme, data, dialogs and toasts. */
export function ConsoleProviders({ nonce, children }: { nonce: string; children: ReactNode }) {
  // The document keeps the policy it was loaded with: it refuses the nonce of a later request.
  const [styleNonce] = useState(nonce)
  const [client] = useState(newClient)
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
          <ModalsProvider modalProps={{ centered: true }}>
            {children}
            <Notifications position="bottom-right" />
          </ModalsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </>
  )
}

const TRIES_MAX = 2

function newClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays a refusal; a failed connection may recover.
        retry: (count, error) => !(error instanceof ApiProblem && error.status < 500) && count < TRIES_MAX,
      },
    },
  })
}

/** When a session has ended elsewhere, goes to the sign-in page, which leads back here. */
function leaveWhenSignedOut(error: Error): void {
  if (!(error instanceof ApiProblem) || error.status !== 401) return
  const { pathname, search } = window.location
  if (pathname.startsWith('/console/sign-in')) return
  window.location.assign(`/console/sign-in?next=${encodeURIComponent(pathname + search)}`)
}
