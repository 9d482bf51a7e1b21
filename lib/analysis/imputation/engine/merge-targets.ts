import { readFile, writeFile } from 'node:fs/promises'
import { FIXED_COLUMNS } from './engine.ts'

/** Put phased targets with the same markers side by side into one VCF, in their order. Throws when markers differ. */
export async function mergeTargets(files: readonly string[], merged: string): Promise<void> {
  const all = await Promise.all(files.map(readPlaces))
  const [first] = all
  const names = all.map((_, at) => `sample${at}`).join('\t')
  let text = `${first!.header.join('\n')}\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t${names}\n`
  for (const [at, { place }] of first!.rows.entries()) {
    const genotypes = all.map(({ rows }) => {
      if (rows.length !== first!.rows.length || rows[at]!.place !== place)
        throw new Error('Targets of other markers cannot share a run')
      return rows[at]!.genotype
    })
    text += `${place}\t${genotypes.join('\t')}\n`
  }
  await writeFile(merged, text, { mode: 0o600 })
}

interface Places {
  header: string[]
  rows: { place: string; genotype: string }[]
}

async function readPlaces(file: string): Promise<Places> {
  const lines = (await readFile(file, 'latin1')).split('\n').filter((line) => line !== '')
  const columns = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t'))
  return {
    header: lines.filter((line) => line.startsWith('##')),
    rows: columns.map((row) => ({
      place: row.slice(0, FIXED_COLUMNS).join('\t'),
      genotype: row[FIXED_COLUMNS]!,
    })),
  }
}
