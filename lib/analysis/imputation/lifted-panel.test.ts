import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScratch } from '#lib/platform/storage/scratch.ts'
import type { Threads } from '#lib/platform/threads.ts'
import { fakeEngine } from '#lib/testing/fake-engine.ts'
import { anImputationTask, aReading, readImputed } from '#lib/testing/imputed-export-for-tests.ts'
import { PANEL_PLAN, prepareWithoutJava, writePanelSources } from '#lib/testing/panel-for-tests.ts'
import { createImputationAnalyzer } from './create-imputation-analyzer.ts'
import type { SyntheticPanel } from './fixtures/synthesize-panel.ts'
import { doTask, type NamedTask } from './imputation-tasks.ts'
import type { Panel } from './panel/read-panel.ts'

/** How far everything lies from build 37, and where the lift turns round: positions of the panel, on 38. */
const SHIFT = 1_000
const TURNED = { first: 30_500_001, last: 30_600_000 }
const never = new AbortController().signal
let folder: string
let panel: SyntheticPanel
let packed: Panel

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-lifted-'))
  const plan = { ...PANEL_PLAN, build: 38 as const, windows: PANEL_PLAN.windows.slice(0, 2) }
  const sources = await writePanelSources(folder, plan)
  panel = sources.panel
  const chain = path.join(folder, 'hg38-to-hg19.over.chain')
  await writeFile(chain, chains())
  packed = await prepareWithoutJava(folder, { ...sources.wish, chain })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** From 38 to 37: chromosome 20 is moved; of 22 a stretch in the middle is turned round. */
function chains(): string {
  const chain = (chromosome: number, from: number, to: string, length: number) =>
    `chain 1 chr${chromosome} 99999999 + ${from} ${from + length} chr${chromosome} ${to}\n${length}\n\n`
  const turned = TURNED.last - TURNED.first + 1
  const size = 51_304_566
  const start = TURNED.first - 1
  const back = size - (start + SHIFT + turned)
  return [
    chain(20, 0, `63025520 + ${SHIFT} 63000000`, 62_000_000),
    chain(22, 0, `${size} + ${SHIFT} ${start + SHIFT}`, start),
    chain(22, start, `${size} - ${back} ${back + turned}`, turned),
    chain(22, TURNED.last, `${size} + ${TURNED.last + SHIFT} 50000000`, 10_000_000),
  ].join('')
}

const COMPLEMENTS: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A' }

/** A position and letters on 38, as an export on 37 has them. */
function asOn37({ code, position, alleles }: { code: number; position: number; alleles: readonly string[] }) {
  if (code !== 22 || position < TURNED.first || position > TURNED.last) {
    return { code, position: position + SHIFT, alleles }
  }
  const turned = TURNED.first + TURNED.last - position + SHIFT
  return { code, position: turned, alleles: alleles.map((letter) => COMPLEMENTS[letter]!) }
}

test('An export on build 37 is imputed with a panel on 38: every marker finds its site, turned round or not', async () => {
  expect(packed.manifest).toMatchObject({ build: 38, liftedFrom: 37 })
  const read = aReading(panel, 77)
  const genotypes = read.genotypes.map(asOn37).sort((a, b) => a.code - b.code || a.position - b.position)
  const task = await anImputationTask({ folder, panel: packed, genotypes })
  const threads: Threads = {
    run: async (_file, asked) => ({ end: 'answered', answer: await doTask(asked as NamedTask) }),
  }
  const scratch = createScratch(path.join(folder, 'scratch'))
  const analyse = createImputationAnalyzer({ engine: fakeEngine(), panels: [packed], threads, scratch })
  const { files, qc } = await analyse(task, never)
  const { rows, typed } = qc.imputation!
  expect(rows).toMatchObject({ otherStrand: 0, mismatch: 0, duplicateConflicts: 0 })
  const { header, records } = await readImputed(files[0]!.path)
  expect(header).toContain('##reference=GRCh38')
  const given = new Map(
    read.genotypes.map(({ code, position, alleles }) => [
      `${code} ${position}`,
      [...alleles].sort().join(''),
    ]),
  )
  let inTurned = 0
  for (const { contig, position, flag, genotype, reference, alternate } of records) {
    if (flag !== 'TYPED') continue
    if (contig === '22' && position >= TURNED.first && position <= TURNED.last) inTurned++
    const letters = genotype.split('|').map((allele) => (allele === '1' ? alternate : reference))
    expect(letters.sort().join('')).toBe(given.get(`${contig} ${position}`))
  }
  expect(records.filter(({ flag }) => flag === 'TYPED')).toHaveLength(typed)
  expect(typed).toBeGreaterThan(given.size * 0.95)
  expect(inTurned).toBeGreaterThan(10)
})

test('A panel on 38 is not made without a lift to the build of exports', async () => {
  const windows = [{ ...PANEL_PLAN.windows[0]!, sites: 20 }]
  const sources = await writePanelSources(path.join(folder, 'other'), {
    ...PANEL_PLAN,
    build: 38,
    people: 4,
    windows,
  })
  await expect(prepareWithoutJava(folder, sources.wish)).rejects.toThrow(/needs --lift/)
})
