import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { LeashedEnd } from '#lib/platform/leash/run-leashed.ts'
import type { ProgramCalls } from './call-program.ts'
import type { Minimac4Job } from './phase-alone.ts'
import { createThinPanels } from './thin-panel.ts'

const never = new AbortController().signal
const END: LeashedEnd = { how: 'exit', code: 0, cpuSeconds: 0.5, peakMegabytes: 20 }
const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

/** Thin panels by a bcftools that writes down the markers it is given; each call may be held or made to fail. */
function thinned(
  before: (signal: AbortSignal) => Promise<Partial<LeashedEnd>> = async () => ({}),
  { writes = true } = {},
) {
  const views: string[] = []
  const calls: ProgramCalls = {
    ask: async () => '',
    async run({ args }, _sites, signal) {
      const end = { ...END, ...(await before(signal)) }
      if (!writes) return { end, printed: '' }
      if (args[0] === 'view') {
        const [positions, file] = [args[args.indexOf('--targets-file') + 1]!, args[args.indexOf('-o') + 1]!]
        views.push(file)
        await writeFile(file, await readFile(positions))
      } else await writeFile(`${args.at(-1)}.csi`, '')
      return { end, printed: '' }
    },
  }
  return { thin: createThinPanels(calls, '/usr/bin/bcftools'), views }
}

async function aJob(): Promise<Minimac4Job> {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-thin-'))
  folders.push(folder)
  const target = path.join(folder, 'target.vcf')
  await writeFile(target, '##x\n#CHROM\tPOS\n22\t100\t.\tA\tG\n22\t250\t.\tC\tT\n')
  const named = (name: string) => ({ name, bytes: 1, sha256: '' })
  const forMinimac4 = {
    bcf: named('22.bcf'),
    csi: named('22.bcf.csi'),
    eagleMap: named('22.eagle.map'),
    msav: named('22.msav'),
  }
  const files = { sites: named('22.sites'), map: named('22.map') }
  const where = { target, folder, panelFolder: '/panel', files, forMinimac4 }
  return { ...where, sites: 9_000, markers: 2, together: 'project', memoryMegabytes: 100 }
}

test('jobs with the same markers share a panel with these alone, each by a file of its own', async () => {
  const { thin, views } = thinned()
  const [one, two] = [await aJob(), await aJob()]
  const made = await thin.referenceOf('key', one, never)
  expect(made!.ends).toHaveLength(2)
  const lent = await thin.referenceOf('key', two, never)
  expect(lent).toEqual({ file: path.join(two.folder, 'panel.bcf'), ends: [] })
  await rm(one.folder, { recursive: true })
  folders.shift()
  expect(await readFile(lent!.file, 'utf8')).toBe('22\t100\n22\t250\n')
  expect(await readFile(`${lent!.file}.csi`, 'utf8')).toBe('')
  expect(views).toHaveLength(1)
})

test('jobs with other markers have a panel of their own', async () => {
  const { thin, views } = thinned()
  await thin.referenceOf('key', await aJob(), never)
  await thin.referenceOf('other', await aJob(), never)
  expect(views).toHaveLength(2)
})

test.each(['is forgotten', 'went without a word'])(
  'a panel whose maker %s is made again by the next job',
  async (how) => {
    const { thin, views } = thinned()
    const [one, two] = [await aJob(), await aJob()]
    await thin.referenceOf('key', one, never)
    if (how === 'is forgotten') thin.forget(one)
    else await rm(path.join(one.folder, 'panel.bcf'))
    const { file, ends } = (await thin.referenceOf('key', two, never))!
    expect([path.dirname(file), ends.length, views.length]).toEqual([two.folder, 2, 2])
  },
)

test('a job that is canceled while it thins the panel does not fail the one that waits for it', async () => {
  const started = Promise.withResolvers<void>()
  const { thin, views } = thinned((signal) => {
    started.resolve()
    if (signal === never) return Promise.resolve({})
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  })
  const canceled = new AbortController()
  const [one, two] = [await aJob(), await aJob()]
  const first = thin.referenceOf('key', one, canceled.signal)
  const second = thin.referenceOf('key', two, never)
  await started.promise
  canceled.abort(new Error('canceled'))
  await expect(first).rejects.toThrow('canceled')
  expect(path.dirname((await second)!.file)).toBe(two.folder)
  expect(views).toHaveLength(1)
})

test.each([
  ['ends with another code', 255],
  ['could not be started', 127],
])('a job whose bcftools %s does without, and so does the next one', async (_how, code) => {
  let tries = 0
  const { thin } = thinned(async () => ({ code: tries++ === 0 ? code : 0 }))
  expect(await thin.referenceOf('key', await aJob(), never)).toBeUndefined()
  expect(await thin.referenceOf('key', await aJob(), never)).toBeUndefined()
  expect(tries).toBe(1)
})

test('a bcftools that writes nothing and says that all is well is not believed', async () => {
  const { thin } = thinned(async () => ({}), { writes: false })
  expect(await thin.referenceOf('key', await aJob(), never)).toBeUndefined()
})
