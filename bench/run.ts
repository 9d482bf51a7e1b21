import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { partnerOf } from '../e2e/service/partner.ts'
import { startService } from '../e2e/service/start-service.ts'
import { measureAudit } from './audit.ts'
import type { Bench } from './bench.ts'
import { measureConsole } from './console.ts'
import { measureDocs } from './docs.ts'
import { measureFastq } from './fastq.ts'
import { measureFirstLoad } from './first-load.ts'
import { measureIdle } from './idle.ts'
import { measureImputation } from './imputation.ts'
import { measureList } from './list.ts'
import { slownessOfMachine } from './machine-speed.ts'
import { makeFiles } from './make-files.ts'
import { type BenchResult, isMeasured, isWithinBound, onMachine } from './measurement.ts'
import { measureMint } from './mint.ts'
import { measureParse } from './parse.ts'
import { markdownTable, printTable } from './print-table.ts'
import { measureScale } from './scale.ts'
import { measureSniff } from './sniff.ts'
import { measureTimeToSuccess } from './time-to-success.ts'
import { measureUpload } from './upload.ts'
import { measureWebhooks } from './webhooks.ts'

/**
 * The benchmark: every figure is a ratio to a baseline that runs beside it, or a bound of its own. Ends with 1 when
 * one of them is out of its bound. `--only <name>` takes some of them, `--write` puts the table into the documentation.
 */

const MEASUREMENTS: Record<string, (bench: Bench) => Promise<BenchResult[]>> = {
  parse: measureParse,
  succeed: measureTimeToSuccess,
  mint: measureMint,
  docs: measureDocs,
  upload: measureUpload,
  webhooks: measureWebhooks,
  list: measureList,
  scale: measureScale,
  console: measureConsole,
  audit: measureAudit,
  idle: measureIdle,
  sniff: measureSniff,
  fastq: measureFastq,
  imputation: measureImputation,
  'first-load': measureFirstLoad,
}
/** Takes many minutes: only when it is asked for. */
const BY_NAME_ONLY = 'scale'
const PAGE = path.resolve(import.meta.dirname, '../docs/performance.md')
const TABLE = /(?<=<!-- table: npm run bench -- --write -->\n).*(?=<!-- end of table -->)/s

const { values: flags } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
})
const unknown = flags.only?.find((name) => !(name in MEASUREMENTS))
if (unknown !== undefined) {
  console.error(`There is no measurement ${unknown}. There are: ${Object.keys(MEASUREMENTS).join(', ')}.`)
  process.exit(2)
}

const slowness = slownessOfMachine()
console.log(
  `This machine takes ${slowness.toFixed(2)} × the time of the one that bounds in time were set on.`,
)
const outcomes = await measure(
  flags.only ?? Object.keys(MEASUREMENTS).filter((name) => name !== BY_NAME_ONLY),
)
if (flags.write) {
  const page = await readFile(PAGE, 'utf8')
  await writeFile(
    PAGE,
    page.replace(TABLE, () => `${markdownTable(outcomes)}\n`),
  )
}
process.exit(outcomes.filter(isMeasured).every(isWithinBound) ? 0 : 1)

async function measure(names: string[]): Promise<BenchResult[]> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-bench-'))
  const service = await startService()
  try {
    const partner = await partnerOf(service, { rowsMin: 300_000 })
    const bench: Bench = { directory, files: await makeFiles(directory), service, partner }
    const outcomes: BenchResult[] = []
    for (const name of names) {
      const began = performance.now()
      const measured = (await MEASUREMENTS[name]!(bench)).map((outcome) =>
        isMeasured(outcome) ? onMachine(outcome, slowness) : outcome,
      )
      console.log(`${name} (${((performance.now() - began) / 1_000).toFixed(0)} s)`)
      printTable(measured)
      outcomes.push(...measured)
    }
    return outcomes
  } finally {
    await service.dispose()
    await rm(directory, { recursive: true, force: true })
  }
}
