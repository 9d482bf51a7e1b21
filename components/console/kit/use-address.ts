'use client'

import { usePathname, useSearchParams } from 'next/navigation'

/** What is chosen on a page, as the address has it; null and '' take a name out of it. */
export type AddressChange = Record<string, string | number | null | undefined>

interface Address {
  /** What stands under a name; '' for nothing. */
  get(name: string): string
  /** A new step that Back undoes, or with `replace` the same one. Nothing is asked of the server for it. */
  change(to: AddressChange, options?: { replace?: boolean }): void
}

/** What is chosen on a page lies in its address, so that it can be shared, kept and gone back to. */
export function useAddress(): Address {
  const params = useSearchParams()
  const pathname = usePathname()
  return {
    get: (name) => params.get(name) ?? '',
    change(to, { replace = false } = {}) {
      // Of now, not of when this was drawn: two changes in a row are both kept.
      const next = new URLSearchParams(window.location.search)
      for (const [name, value] of Object.entries(to)) {
        if (value === null || value === undefined || value === '') next.delete(name)
        else next.set(name, String(value))
      }
      const query = next.toString()
      const address = query ? `${pathname}?${query}` : pathname
      if (replace) window.history.replaceState(null, '', address)
      else window.history.pushState(null, '', address)
    },
  }
}
