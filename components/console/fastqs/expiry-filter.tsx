import { Switch } from '@mantine/core'
import type { AddressChange } from '../kit/use-address.ts'

/** A URL that expires within this many hours needs attention. */
export const SOON_HOURS = 48
const HOUR_MS = 3_600_000

/** The end of "soon", rounded to the hour so that a repeated request keeps its address. */
export const expiresBefore = (now = Date.now()): string =>
  new Date((Math.floor(now / HOUR_MS) + SOON_HOURS) * HOUR_MS).toISOString()

export const ExpiryFilter = ({ on, change }: { on: boolean; change: (to: AddressChange) => void }) => (
  <Switch
    label="Only URLs that expire within two days"
    checked={on}
    onChange={(event) => change({ expiring: event.currentTarget.checked ? 'soon' : null, page: null })}
  />
)
