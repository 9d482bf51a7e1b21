import { Switch } from '@mantine/core'
import type { AddressChange } from '../kit/use-address.ts'

/** A URL that stops working within so many hours wants to be looked at. */
export const SOON_HOURS = 48
const HOUR_MILLISECONDS = 3_600_000

/** The end of what counts as soon, to the hour: it is part of a question that is asked again and again. */
export const expiresBefore = (now = Date.now()): string =>
  new Date((Math.floor(now / HOUR_MILLISECONDS) + SOON_HOURS) * HOUR_MILLISECONDS).toISOString()

export const ExpiryFilter = ({ on, change }: { on: boolean; change: (to: AddressChange) => void }) => (
  <Switch
    label="Only those whose URL ends within two days"
    checked={on}
    onChange={(event) => change({ expiring: event.currentTarget.checked ? 'soon' : null, page: null })}
  />
)
