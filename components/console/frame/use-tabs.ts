'use client'

import { useAddress } from '../kit/use-address.ts'
import { useUnsavedWork } from './unsaved-work.tsx'

/**
 * The tab that the address names (`?tab=`), otherwise the first, and a way to another one: after asking, while something
 * typed in this one is not saved.
 */
export function useTabs<Tab extends { key: string }>(tabs: readonly Tab[]) {
  const address = useAddress()
  const { ask } = useUnsavedWork()
  const first = tabs[0]!
  return {
    chosen: tabs.find(({ key }) => key === address.get('tab')) ?? first,
    choose: (key: string | null) =>
      ask(() => address.change({ tab: key === first.key ? null : key }, { replace: true })),
  }
}
