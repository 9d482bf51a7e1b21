import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withBgzf } from '#lib/analysis/array/with-file.ts'
import { findSources } from './find-sources.ts'
import { MapFolder } from './read-maps.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-sources-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const vcf = (contig: string, people = 2) =>
  `##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${Array.from({ length: people }, (_, n) => `p${n}`).join('\t')}\n` +
  `${contig}\t1000\t.\tA\tG\t.\tPASS\t.\tGT\t${Array(people).fill('0|1').join('\t')}\n`
const write = (name: string, content: string | Buffer) => writeFile(path.join(folder, name), content)

describe('sources of a panel', () => {
  test('are found by their first record, however they are called and packed; hidden files and folders are left alone', async () => {
    await write('A.VCF.GZ', gzipSync(vcf('chr20')))
    await withBgzf(path.join(folder, 'b.vcf.bgz'), (sink) => sink.write(Buffer.from(vcf('22'))))
    await write('._b.vcf', 'what a Mac leaves beside a file')
    await mkdir(path.join(folder, 'old.vcf'))
    expect(await findSources(folder, [20, 22])).toMatchObject([
      { name: 'A.VCF.GZ', chromosome: 20, samples: 2 },
      { name: 'b.vcf.bgz', chromosome: 22, samples: 2 },
    ])
  })

  test('of other numbers of people are refused before anything is prepared', async () => {
    await write('a.vcf', vcf('20'))
    await write('b.vcf', vcf('22', 3))
    await expect(findSources(folder, [20, 22])).rejects.toThrow(/^b\.vcf has 3 people, a\.vcf 2$/)
  })

  test('packed in blocks are refused without their end mark, though they unpack', async () => {
    const whole = { endMark: false }
    await withBgzf(path.join(folder, 'cut.vcf.gz'), (sink) => sink.write(Buffer.from(vcf('20'))), whole)
    await expect(findSources(folder, [20])).rejects.toThrow(
      'cut.vcf.gz: the file is cut off: its end mark is missing',
    )
  })

  test('that are missing are named, with what other files hold', async () => {
    await write('a.vcf', vcf('NC_000022.10'))
    await expect(findSources(folder, [22])).rejects.toThrow(
      /^there is no file of chromosome 22 .*; other files and what they hold: a\.vcf \(NC_000022\.10\); name /,
    )
  })
})

describe('a genetic map', () => {
  test.each([
    ['never changes', '22 . 1 1\n22 . 1 51304566\n', /its centimorgans never change/],
    ['is below nothing', '22 . -5 1\n22 . -1 51304566\n', /a line is not chromosome/],
    ['goes back', '22 . 2 1\n22 . 1 51304566\n', /goes back/],
  ])('that %s is refused by its name', async (_fault, text, words) => {
    await write('chr22.map', text)
    await expect(MapFolder.read(folder, 37)).rejects.toThrow(words)
    await expect(MapFolder.read(folder, 37)).rejects.toThrow(/^chr22\.map: /)
  })
})
