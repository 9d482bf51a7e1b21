'use client'

import { useMounted } from '@mantine/hooks'

/** Where this service is, for examples of commands; the page was fetched from there. */
export function useApiOrigin(): string {
  return useMounted() ? window.location.origin : ''
}
