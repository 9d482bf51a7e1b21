import { statSync } from 'node:fs'
import { checkFastq } from '#lib/fastq/content/check-fastq.ts'
import { FileGrowth } from '#lib/fastq/content/file-growth.ts'

/** A process that does what a run's thread does with fetched FASTQ files, and prints what it read and held. */

const paths = process.argv.slice(2)
const growth = FileGrowth.of(paths.length)
for (const [at, path] of paths.entries()) growth.finish(at, statSync(path).size)
const verdict = await checkFastq({ paths, growth: growth.shared })
if (!verdict.ok) throw new Error(`The files were refused: ${verdict.fault.code}`)
const reads = verdict.files.map(({ summary }) => summary.reads)
console.log(JSON.stringify({ reads, megabytes: (process.resourceUsage().maxRSS * 1_024) / 1_000_000 }))
