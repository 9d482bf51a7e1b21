import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  type EngineJob,
  type EngineResult,
  type ImputationEngine,
  ONLY_COLUMN,
} from '#lib/analysis/imputation/engine/engine.ts'

/** What a fake engine was asked, and what it does before it works. */
export interface FakeEngine extends ImputationEngine {
  jobs: EngineJob[]
  before: (job: EngineJob, signal: AbortSignal) => Promise<void>
  /** Change what it writes of a site. */
  edit: (line: string) => string
}

/**
 * An engine without Java, for everything but accuracy: typed markers as they are given, everybody else homozygous for REF.
 * Its reference is the panel's own VCF, which `fakeBref3` leaves as it is.
 */
export function fakeEngine(): FakeEngine {
  const engine: FakeEngine = {
    name: 'Fake 1',
    command: 'fake',
    memoryMegabytes: 100,
    jobs: [],
    before: async () => {},
    edit: (line) => line,
    form: 'beagle',
    fillsOpen: false,
    filesOf: ({ files }) => files.bref3 && [files.bref3, files.map],
    async impute(job, signal) {
      engine.jobs.push(job)
      await engine.before(job, signal)
      signal.throwIfAborted()
      return write(job, engine.edit)
    },
  }
  return engine
}

async function write(job: EngineJob, edit: (line: string) => string): Promise<EngineResult> {
  const vcf = path.join(job.folder, 'imputed.vcf.gz')
  const reference = path.join(job.panelFolder, job.files.bref3!.name)
  await imputeNothing({ target: job.target, reference, vcf }, edit)
  return { vcf, column: ONLY_COLUMN, phased: null, leftOut: null, cpuSeconds: 1, peakMegabytes: 50 }
}

/** Write what Beagle would of a person who is homozygous for REF wherever the target says nothing. Resolves with its counts. */
export async function imputeNothing(
  files: { target: string; reference: string; vcf: string },
  edit: (line: string) => string = (line) => line,
): Promise<{ sites: number; markers: number }> {
  const rows = async (file: string) =>
    (await readFile(file, 'utf8'))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t'))
  const target = await rows(files.target)
  const typed = new Map(target.map((columns) => [columns.slice(0, 2).join(' '), columns[9]!]))
  const oneCopy = target[0]![9]!.length === 1
  const lines = (await rows(files.reference)).map(([contig, position, id, reference, alternate]) => {
    const given = typed.get(`${contig} ${position}`)
    const genotype = (given ?? (oneCopy ? '0' : '0/0')).replace('/', '|')
    const dosage = genotype.split('|').filter((allele) => allele === '1').length
    const sample = oneCopy
      ? `${genotype}:${dosage}`
      : `${genotype}:${dosage}:${[0, 1, 2].map((count) => (count === dosage ? 1 : 0)).join(',')}`
    const info = given === undefined ? 'DR2=0.00;AF=0.0000;IMP' : 'DR2=1.00;AF=0.5000'
    return edit(
      `${contig}\t${position}\t${id}\t${reference}\t${alternate}\t.\tPASS\t${info}\tGT:DS:GP\t${sample}`,
    )
  })
  await writeFile(
    files.vcf,
    gzipSync(`##fileformat=VCFv4.2\n#CHROM\n${lines.filter((line) => line !== '').join('\n')}\n`),
  )
  return { sites: lines.length, markers: target.length }
}
