'use client'

import { useLocalStorage } from '@mantine/hooks'
import { createContext, type ReactNode, useContext, useMemo } from 'react'

interface Times {
  /** Times are shown as dates instead of `3 minutes ago`. */
  exact: boolean
  setExact(exact: boolean): void
}

const Context = createContext<Times>({ exact: false, setExact: () => undefined })

/** How times are shown; remembered in this browser. */
export function TimesProvider({ children }: { children: ReactNode }) {
  const [exact, setExact] = useLocalStorage({ key: 'arraydrop-exact-times', defaultValue: false })
  const times = useMemo(() => ({ exact, setExact }), [exact, setExact])
  return <Context value={times}>{children}</Context>
}

export const useTimes = (): Times => useContext(Context)
