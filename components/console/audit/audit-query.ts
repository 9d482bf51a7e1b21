import type { Query } from '../api/api.ts'
import type { AddressQuery } from '../frame/addresses.ts'
import { askFor, type PagePlace, readPagePlace } from '../kit/page-place.ts'

/** Entries on a page. */
export const AUDIT_LIMIT = 50
const FILTERS = ['action', 'project', 'actor', 'target', 'since', 'until'] as const

export type AuditFilter = Partial<Record<(typeof FILTERS)[number], string>>

/** Removes every filter from the address. */
export const NO_AUDIT_FILTERS = Object.fromEntries(FILTERS.map((name) => [name, ''])) as AuditFilter

/** What the address asks of the trail. */
export function readAuditQuery({ get }: AddressQuery): {
  filter: AuditFilter
  place: PagePlace
} {
  const given = FILTERS.flatMap((name) => (get(name) === '' ? [] : [[name, get(name)]]))
  return { filter: Object.fromEntries(given), place: readPagePlace(get('offset')) }
}

/** What the page asks the API for. */
export const askForAudit = (filter: AuditFilter, place: PagePlace): Query => ({
  ...filter,
  limit: AUDIT_LIMIT,
  ...askFor(place),
})
