import { checkHealth } from '#lib/check-health.ts'

/** 200 while database, storage and queue work; else 503. */
export const dynamic = 'force-dynamic'
export const GET = () => checkHealth()
