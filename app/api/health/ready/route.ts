import { checkHealth } from '#lib/check-health.ts'
import { signInApi } from '#lib/route.ts'

/** 200 while database, storage, queue and upload locks work; else 503. */
export const dynamic = 'force-dynamic'
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({ GET: () => checkHealth() })
