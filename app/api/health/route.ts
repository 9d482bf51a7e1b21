import { checkHealth } from '#lib/check-health.ts'
import { signInApi } from '#lib/route.ts'

/** Both: alive if it responds at all, and 200 only while database, storage, queue and upload locks work. */
export const dynamic = 'force-dynamic'
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({ GET: () => checkHealth() })
