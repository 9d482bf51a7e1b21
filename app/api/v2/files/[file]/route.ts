import { Problem } from '#lib/problem.ts'
import { partnerApi } from '#lib/route.ts'
import { findDeliverable } from '#lib/samples/find-deliverable.ts'
import { checksumLine } from '#lib/samples/send-download.ts'
import { ChecksumQuery } from '#lib/samples/wire.ts'
import { readQuery } from '#lib/wire/read-query.ts'

/** `GET files/{id}.sha256`: the checksum of a deliverable, as `sha256sum -c` reads it. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    query: true,
    async run({ services, caller, params, request }) {
      const id = /^(.*)\.sha256$/.exec(params.file!)?.[1]
      if (id === undefined) throw new Problem('not_found', 'Not found.')
      const deliverable = await findDeliverable(services, caller, id)
      return checksumLine(deliverable, readQuery(request, ChecksumQuery).filename)
    },
  },
})
