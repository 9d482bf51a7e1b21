import { listQueues } from '#lib/list-queues.ts'
import { partnerApi } from '#lib/route.ts'

/** Jobs that wait and run, of the whole installation. Ours. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = partnerApi({
  GET: {
    right: 'sample_read',
    run: async ({ services, caller }) => Response.json(await listQueues(services, caller)),
  },
})
