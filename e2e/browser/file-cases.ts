import { DAMAGES, type DamageName, damageExport } from '#lib/genotype/fixtures/damage-export.ts'
import { LOOK_ALIKE_TEXTS } from '#lib/genotype/fixtures/look-alike-texts.ts'
import { oddArchives } from '#lib/genotype/fixtures/odd-archives.ts'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { FILE_BYTES_MAX } from '#lib/genotype/limits.ts'
import type { Detail, FileReason } from '#lib/genotype/reason.ts'
import { exportFile, fileOf, type PickedFile, SMALL_ROWS } from './made-files.ts'

/** Files that a person may choose, and what the page must say about them. */
export interface FileCase {
  name: string
  reason: FileReason
  detail: Detail | null
  pick: PickedFile[]
  /** True when only the server can find the fault: it is at the end of the file. */
  onServer: boolean
}

/** A file of this name cannot be read: the page's own `arrayBuffer` is made to fail, as for a cloud placeholder. */
export const UNREADABLE_NAME = 'not downloaded yet.zip'

/** Enough rows for a damage that the head shows. */
const HEAD_ROWS = 3_000

type Fault = Pick<FileCase, 'reason' | 'detail'>
const inBrowser = (name: string, { reason, detail }: Fault, ...pick: PickedFile[]): FileCase => ({
  name,
  reason,
  detail,
  pick,
  onServer: false,
})

/** Faults that need no made archive. */
async function plainCases(): Promise<FileCase[]> {
  const good = await exportFile({ vendor: '23andme', rows: SMALL_ROWS, seed: 1 })
  const tooLarge = Buffer.alloc(FILE_BYTES_MAX + 1)
  const empty = fileOf('genome.zip', Buffer.alloc(0))
  const bare = (vendor: '23andme' | 'ancestrydna' | 'myheritage') => {
    const { text, innerName } = synthesizeExport({ vendor, rows: SMALL_ROWS, seed: 2 })
    const detail = `raw_text_${vendor}` as const
    return inBrowser(
      `unpacked ${vendor}`,
      { reason: 'not_a_zip', detail },
      fileOf(innerName, text, 'text/plain'),
    )
  }
  return [
    inBrowser('one byte too many', { reason: 'file_too_large', detail: null }, fileOf('big.zip', tooLarge)),
    inBrowser('no bytes', { reason: 'file_empty', detail: null }, empty),
    inBrowser(
      'cloud placeholder',
      { reason: 'file_unreadable', detail: null },
      {
        ...good,
        name: UNREADABLE_NAME,
      },
    ),
    bare('23andme'),
    bare('ancestrydna'),
    bare('myheritage'),
  ]
}

/** Other people's files as they are, and in an archive. */
async function lookAlikeCases(): Promise<FileCase[]> {
  const cases = LOOK_ALIKE_TEXTS.map(async ({ name, bytes, reason, detail, bareDetail = detail }) => {
    const zip = await packZip([{ name: 'data.txt', bytes, stored: true }])
    return [
      inBrowser(`${name} in a zip`, { reason, detail }, fileOf('data.zip', zip)),
      inBrowser(`${name} bare`, { reason: 'not_a_zip', detail: bareDetail }, fileOf('data.txt', bytes, '')),
    ]
  })
  return (await Promise.all(cases)).flat()
}

async function damagedCases(): Promise<FileCase[]> {
  const cases = (Object.keys(DAMAGES) as DamageName[]).map(async (name): Promise<FileCase> => {
    const { reason, detail, seenInHead } = DAMAGES[name]
    const bytes = damageExport(name, { rows: seenInHead ? HEAD_ROWS : SMALL_ROWS, seed: 3 })
    const zip = fileOf('genome.zip', await packZip([{ name: 'genome.txt', bytes }]))
    return { ...inBrowser(name, { reason, detail }, zip), onServer: !seenInHead }
  })
  return Promise.all(cases)
}

async function archiveCases(): Promise<FileCase[]> {
  const archives = await oddArchives(synthesizeExport({ vendor: 'ancestrydna', rows: SMALL_ROWS, seed: 4 }))
  return archives.map(({ name, bytes, fault: { reason, detail = null }, whole = false }) => ({
    ...inBrowser(name, { reason, detail }, fileOf('dna-data.zip', bytes)),
    onServer: whole,
  }))
}

const kindOf = ({ reason, detail, onServer }: FileCase) => `${reason} ${detail} ${onServer}`
const isFirstOfItsKind = (each: FileCase, index: number, all: FileCase[]) =>
  all.findIndex((other) => kindOf(other) === kindOf(each)) === index

/** One made file for everything that can be wrong with a file, by reason; a new reason without a place does not compile. */
export async function fileCases(): Promise<Record<FileReason, FileCase[]>> {
  const made = [plainCases(), lookAlikeCases(), damagedCases(), archiveCases()]
  const cases = (await Promise.all(made)).flat().filter(isFirstOfItsKind)
  const of = (reason: FileReason) => cases.filter((each) => each.reason === reason)
  return {
    file_too_large: of('file_too_large'),
    file_empty: of('file_empty'),
    file_unreadable: of('file_unreadable'),
    not_a_zip: of('not_a_zip'),
    zip_damaged: of('zip_damaged'),
    zip_encrypted: of('zip_encrypted'),
    zip_unsafe: of('zip_unsafe'),
    archive_modified: of('archive_modified'),
    no_genotypes: of('no_genotypes'),
    several_files: of('several_files'),
    vendor_unsupported: of('vendor_unsupported'),
    format_unrecognized: of('format_unrecognized'),
    file_modified: of('file_modified'),
    file_incomplete: of('file_incomplete'),
    build_unsupported: of('build_unsupported'),
  } satisfies Record<FileReason, FileCase[]>
}
