'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { loadAhead } from '../frame/load-ahead.ts'

/** Query parameters to change; null and '' remove one. */
export type AddressChange = Record<string, string | number | null | undefined>

interface Address {
  /** The parameter of this name; '' when it is missing. */
  get(name: string): string
  /**
   * Adds a step that Back undoes or, with `replace`, changes the present one. The page is not requested again, nor with
   * `path`, which must be another address of the same page. The same function for as long as the path is the same.
   */
  change(to: AddressChange, options?: { replace?: boolean; path?: string }): void
}

/** Search, filters and page are kept in the address, so that they can be shared, bookmarked and undone with Back. */
export function useAddress(): Address {
  const params = useSearchParams()
  const pathname = usePathname()
  const client = useQueryClient()
  const change = useCallback<Address['change']>(
    (to, { replace = false, path = pathname } = {}) => {
      // Read now, not at render, so that two changes in a row are both kept.
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(to)) {
        if (value === null || value === undefined || value === '') next.delete(name)
        else next.set(name, String(value))
      }
      const query = next.toString()
      const address = query ? `${path}?${query}` : path
      // The answer is on its way while the page is drawn for the new address.
      loadAhead(client, address)
      if (replace) window.history.replaceState(null, '', address)
      else window.history.pushState(null, '', address)
    },
    [client, pathname],
  )
  return { get: (name) => params.get(name) ?? '', change }
}
