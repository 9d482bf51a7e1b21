import { Button, Code } from '@mantine/core'
import { EmptyState } from '../kit/api-result.tsx'
import type { AddressChange } from '../kit/use-address.ts'

/** Every filter of the table, taken out of the address. */
export const NO_FILTERS: AddressChange = {
  q: null,
  status: null,
  reason: null,
  vendor: null,
  from: null,
  to: null,
  page: null,
}

/** Nothing was found, or there is nothing yet: two different things. */
export function NoSamples({ filtered, change }: { filtered: boolean; change: (to: AddressChange) => void }) {
  if (filtered) {
    return (
      <EmptyState
        icon="search"
        title="No sample fits these filters"
        action={
          <Button variant="default" onClick={() => change(NO_FILTERS)}>
            Clear the filters
          </Button>
        }
      >
        The search looks for a part of the sample id, of the client id and of the metadata, in any case.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon="samples" title="No samples yet">
      A sample begins with an upload link: your program asks for one with{' '}
      <Code>POST /api/v2/array-data-upload-form/</Code>, and it appears here at once. FASTQ files become
      samples when they are assigned to a project.
    </EmptyState>
  )
}
