'use client'

import { Tabs } from '@mantine/core'
import { useUnsavedWork } from '../frame/unsaved-work.tsx'

const PAGES = { account: '/console/account', keys: '/console/api-keys' } as const

/** The person's account and their API keys, side by side. */
export function AccountTabs({ page }: { page: keyof typeof PAGES }) {
  const { go } = useUnsavedWork()
  return (
    <Tabs value={page} onChange={(next) => next && next !== page && go(PAGES[next as keyof typeof PAGES])}>
      <Tabs.List aria-label="Account">
        <Tabs.Tab value="account">Account</Tabs.Tab>
        <Tabs.Tab value="keys">API Keys</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  )
}
