import { z } from 'zod'
import { advanceTestClock } from '#lib/platform/clock.ts'
import { Problem, parseFields } from '#lib/problem.ts'
import { readBody } from '#lib/read-body.ts'
import { pageApi } from '#lib/route.ts'
import { sweep } from '#lib/sweep.ts'
import { deliverDue } from '#lib/webhooks/deliver-due.ts'

const Advance = z.object({ advance_seconds: z.number().min(0).max(315_360_000) })

/**
 * Test hook: let time pass for every process, then sweep once and deliver what is due. Only under
 * ARRAYDROP_TEST_CLOCK, and only from this machine.
 */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = pageApi({
  async POST({ services, request }) {
    if (!services.env.testClock || request.headers.get('x-remote-is-loopback') !== 'yes') {
      throw new Problem('not_found', 'Not found.')
    }
    const { advance_seconds } = parseFields(Advance, await readBody(request))
    const now = await advanceTestClock(services.db, advance_seconds)
    await sweep(services)
    await deliverDue(services)
    return Response.json({ now: now.toISOString() })
  },
})
