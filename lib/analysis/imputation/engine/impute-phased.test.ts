import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ProgramCalls } from './call-program.ts'
import { imputePhased } from './impute-phased.ts'
import type { Phased } from './phase-alone.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'arraydrop-phased-'))
})
afterEach(() => rm(root, { recursive: true }))

const named = (name: string) => ({ name, bytes: 1, sha256: '' })

async function phased(name: string): Promise<Phased> {
  const folder = path.join(root, name)
  await mkdir(folder)
  const vcf = path.join(folder, 'phased.vcf')
  await writeFile(
    vcf,
    `##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${name}\n22\t100\t.\tA\tG\t.\tPASS\t.\tGT\t0|1\n`,
  )
  const forMinimac4 = {
    bcf: named('22.bcf'),
    csi: named('22.bcf.csi'),
    eagleMap: named('22.eagle.map'),
    msav: named('22.msav'),
  }
  const files = { sites: named('22.sites'), map: named('22.map') }
  const job = { target: '', folder, panelFolder: '/panel', files, forMinimac4 }
  return {
    job: { ...job, sites: 1, markers: 1, together: 'project', memoryMegabytes: 100 },
    vcf,
    ends: [],
  }
}

/** Programs of which Minimac4 writes its files, with everybody in them, and ends with `code`. */
const calls = (code: number): ProgramCalls => ({
  ask: async () => '',
  async run({ args }) {
    for (const option of ['--output', '--empirical-output'])
      await writeFile(args[args.indexOf(option) + 1]!, 'everybody')
    const printed = 'Typed sites to imputed sites ratio: 1 (1/1)\nTotal wall time for imputation: 1 seconds\n'
    return { end: { how: 'exit', code, cpuSeconds: 1, peakMegabytes: 1 }, printed }
  },
})

test('A run that fails leaves nothing of the people who shared it beside the first', async () => {
  const people = [await phased('one'), await phased('two')]
  const never = new AbortController().signal
  await expect(imputePhased(calls(1), 'minimac4', people, never)).rejects.toThrow(/^Minimac4 ended with 1/)
  for (const { job } of people) expect(await readdir(job.folder)).toEqual(['phased.vcf'])
})

test('Of a run that ends well, each has the results, and nobody the targets of the others', async () => {
  const people = [await phased('one'), await phased('two')]
  await imputePhased(calls(0), 'minimac4', people, new AbortController().signal)
  for (const { job } of people)
    expect((await readdir(job.folder)).sort()).toEqual(['imputed.vcf.gz', 'left-out.vcf.gz', 'phased.vcf'])
})
