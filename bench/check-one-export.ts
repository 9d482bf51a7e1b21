import { CHECK_THREADS_MAX } from '#lib/genotype/limits.ts'
import { createThreads } from '#lib/platform/threads.ts'
import { createArchiveCheck } from '#lib/sessions/upload/create-archive-check.ts'

/** A process that checks one archive as the server does, and prints what it read and what it held at most. */

const [file, codeCache] = process.argv.slice(2)
if (!file || !codeCache) throw new Error('Name the archive to check and the directory for compiled code')
const check = createArchiveCheck(createThreads({ threadsMax: CHECK_THREADS_MAX, codeCache }))
const verdict = await check(file, { policy: 'strict', rowsMin: 300_000 })
const rows = verdict.ok ? verdict.accepted.summary.rows : 0
console.log(JSON.stringify({ rows, megabytes: (process.resourceUsage().maxRSS * 1_024) / 1_000_000 }))
