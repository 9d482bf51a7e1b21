import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkPanel, readPanel } from '#lib/analysis/imputation/panel/read-panel.ts'
import { decodeSiteList } from '#lib/analysis/imputation/panel/site-list.ts'
import { beagleIsHere, PANEL_PLAN, prepareForTests, writePanelSources } from '#lib/testing/panel-for-tests.ts'
import type { PanelWish } from './prepare-panel.ts'

const bcftools = !spawnSync('bcftools', ['--version']).error
if (!beagleIsHere()) test.skip('making a panel package: no Beagle or no Java here')
if (!bcftools) test.skip('making a panel package from BCF: no bcftools here')

describe.runIf(beagleIsHere())('a panel package', () => {
  let folder: string
  let wish: PanelWish
  let people: string[]

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-panel-'))
    const sources = await writePanelSources(folder)
    wish = sources.wish
    people = sources.panel.people.map((_, n) => `nobody-${n}`)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** The wish with a chromosome's file changed, of autosomes alone, in folders of its own. */
  async function faulty(change: (text: string) => string, name = 'chr22.vcf'): Promise<PanelWish> {
    const from = await mkdtemp(path.join(folder, 'from-'))
    for (const one of ['chr20.vcf', 'chr22.vcf']) {
      const text = await readFile(path.join(wish.from, one), 'utf8')
      await writeFile(path.join(from, one), one === name ? change(text) : text)
    }
    return { ...wish, from, out: path.join(from, 'panel'), chromosomes: [20, 22] }
  }

  test('holds every region of its sources, X in parts, under digests, and nobody’s name', async () => {
    const said: string[] = []
    const panel = await prepareForTests(wish, (line) => said.push(line))
    expect(panel.id).toMatch(/^synthetic\/1@[0-9a-f]{12}$/)
    expect(panel.manifest.regions.map(({ key }) => key)).toEqual(['20', '22', 'X-PAR1', 'X'])
    expect(panel.manifest.samples).toBe(PANEL_PLAN.people)
    expect(await checkPanel(panel, () => {})).toEqual([])
    expect(said.filter((line) => /\d+ sites; left out \d+ rare/.test(line))).toHaveLength(3)
    for (const name of await readdir(wish.out)) {
      const bytes = await readFile(path.join(wish.out, name))
      for (const person of people.slice(0, 5)) expect(bytes.includes(person), name).toBe(false)
    }
    const region = panel.manifest.regions[0]!
    const sites = decodeSiteList(await readFile(path.join(wish.out, region.files.sites.name)))
    expect(sites.position).toHaveLength(region.sites)
    expect([sites.position[0], sites.position.at(-1)]).toEqual([region.first, region.last])
  })

  test('is the same from packed sources and BCF, and refuses to go over a finished one', {
    tags: 'torture',
  }, async () => {
    const packed = await faulty((text) => text)
    const file = path.join(packed.from, 'chr22.vcf')
    await writeFile(`${file}.gz`, gzipSync(await readFile(file)))
    await rm(file)
    if (bcftools) await toBcf(path.join(packed.from, 'chr20.vcf'))
    const [one, other] = [await readPanel(wish.out), await prepareForTests(packed)]
    expect(other.manifest.regions).toEqual(one.manifest.regions.slice(0, 2))
    await expect(prepareForTests(packed)).rejects.toThrow(/holds a finished panel/)
  })

  test('goes on with the chromosome at which it was ended, and makes anew what changed', {
    tags: 'torture',
  }, async () => {
    const broken = await faulty((text) => text.replace('0|0', '0/0'))
    await expect(prepareForTests(broken)).rejects.toThrow(
      /^chr22\.vcf: at position \d+: a genotype is not phased$/,
    )
    expect(await readdir(broken.out)).not.toContain('manifest.json')
    await expect(readPanel(broken.out)).rejects.toThrow(/preparation has not ended/)
    await writeFile(path.join(broken.from, 'chr22.vcf'), await readFile(path.join(wish.from, 'chr22.vcf')))
    const said: string[] = []
    const panel = await prepareForTests(broken, (line) => said.push(line))
    expect(said).toContain('chromosome 20: already prepared')
    expect(said).not.toContain('chromosome 22: already prepared')
    expect(panel.manifest.regions).toEqual((await readPanel(wish.out)).manifest.regions.slice(0, 2))
  })

  test.each([
    [
      'a missing genotype',
      (text: string) => text.replace('0|0', '.|.'),
      /chr22\.vcf: .*a genotype is missing/,
    ],
    ['lines out of order', (text: string) => swapLastLines(text), /not sorted/],
    [
      'a source of another build',
      (text: string) => text.replace('51304566', '50818468'),
      /of build 38, not 37/,
    ],
    ['a file that is cut off', (text: string) => text.slice(0, -100), /cut off/],
    ['what is no VCF', () => 'rsid\tchromosome\n', /is no VCF/],
    [
      'a chromosome that is there twice',
      (text: string) => text.replaceAll(/^22\t/gm, '20\t'),
      /both hold chromosome 20/,
    ],
  ])('is not made of %s', async (_fault, change, words) => {
    await expect(prepareForTests(await faulty(change))).rejects.toThrow(words)
  })

  test('is not made without a chromosome that is wanted, or without its map', async () => {
    await expect(
      prepareForTests({ ...wish, out: path.join(folder, 'x'), chromosomes: [20, 21] }),
    ).rejects.toThrow(/no file of chromosome 21/)
    await expect(
      prepareForTests({ ...wish, from: path.join(folder, 'nowhere'), out: path.join(folder, 'z') }),
    ).rejects.toThrow(/nowhere does not exist$/)
    const maps = await mkdtemp(path.join(folder, 'maps-'))
    await expect(prepareForTests({ ...wish, maps, out: path.join(folder, 'y') })).rejects.toThrow(
      /no genetic map of 20/,
    )
  })

  test('that lost or changed a byte is noticed', async () => {
    const panel = await readPanel(wish.out)
    const file = path.join(wish.out, panel.manifest.regions[1]!.files.bref3!.name)
    const bytes = await readFile(file)
    const other = Buffer.from(bytes)
    other[1_000]! ^= 1
    await writeFile(file, other)
    expect(await checkPanel(panel, () => {})).toEqual([expect.stringMatching(/^22\.bref3: /)])
    await writeFile(file, bytes.subarray(1))
    await expect(readPanel(wish.out)).rejects.toThrow(/22\.bref3 has \d+ bytes instead of/)
    await rm(file)
    await expect(readPanel(wish.out)).rejects.toThrow(/22\.bref3 is missing/)
    await writeFile(file, bytes)
  })
})

async function toBcf(file: string): Promise<void> {
  const made = spawnSync('bcftools', ['view', '-Ob', '-o', file.replace(/vcf$/, 'bcf'), file], {
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(made.stderr)
  await rm(file)
}

function swapLastLines(text: string): string {
  const lines = text.trimEnd().split('\n')
  return `${[...lines.slice(0, -2), lines.at(-1), lines.at(-2)].join('\n')}\n`
}
