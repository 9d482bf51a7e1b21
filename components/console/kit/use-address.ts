'use client'

import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { useUnsavedWork } from '../frame/unsaved-work.tsx'

/** Query parameters to change; null and '' remove one. */
export type AddressChange = Record<string, string | number | null | undefined>

interface Address {
  /** The parameter of this name; '' when it is missing. */
  get(name: string): string
  /**
   * Adds a step that Back undoes or, with `replace`, changes the present one. The page is not requested again, nor with
   * `path`, which must be another address of the same page. Always the same function.
   */
  change(to: AddressChange, options?: { replace?: boolean; path?: string }): void
}

/** Search, filters and page are kept in the address, so that they can be shared, bookmarked and undone with Back. */
export function useAddress(): Address {
  const params = useSearchParams()
  const { change: show, coming } = useUnsavedWork()
  const change = useCallback<Address['change']>(
    (to, { replace = false, path } = {}) => {
      // Read now, not at render, so that two changes in a row are both kept.
      const { pathname, search } = coming()
      const next = new URLSearchParams(search)
      for (const [name, value] of Object.entries(to)) {
        if (value === null || value === undefined || value === '') next.delete(name)
        else next.set(name, String(value))
      }
      const query = next.toString()
      const page = path ?? pathname
      show(query ? `${page}?${query}` : page, { replace })
    },
    [show, coming],
  )
  return { get: (name) => params.get(name) ?? '', change }
}
