import { Option } from 'commander'
import { EVENT_TYPES } from '#lib/webhooks/event.ts'

/** Which events a subscription is for: all of them, if nothing is said. */
export const eventTypesOption = (): Option =>
  new Option('--event-type <key...>', 'only these')
    .choices(Object.keys(EVENT_TYPES))
    .default(Object.keys(EVENT_TYPES))
