import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { END_OF_FILE } from '../../array/bgzf-sink.ts'
import { FileSink } from '../../array/file-sink.ts'
import { type ContigIndex, TabixIndex } from '../../array/tabix-index.ts'
import { withBgzf } from '../../array/with-file.ts'
import { type FinishedRegion, placeIn } from './finish-region.ts'

export interface AssembleTask {
  header: string
  /** In the order of the genome. */
  regions: { body: string; finished: FinishedRegion }[]
  vcf: string
  tbi: string
}

/** Offsets of several texts as one kind of number: no text of a region is longer. */
const TEXT_BYTES_MAX = 2 ** 40

/**
 * Put the finished regions into one file, block by block as they are, with the header before and an index beside it. The
 * regions stay, until the file has been stored.
 */
export async function assembleFile({ header, regions, vcf, tbi }: AssembleTask): Promise<void> {
  const bases: number[] = []
  await withBgzf(vcf, (sink) => sink.write(Buffer.from(header)), { endMark: false })
  const file = await open(vcf, 'a')
  try {
    const sink = new FileSink(file)
    let at = (await file.stat()).size
    for (const { body } of regions) {
      bases.push(at)
      for await (const chunk of createReadStream(body, { highWaterMark: 1_048_576 })) {
        await sink.write(chunk as Buffer)
        at += (chunk as Buffer).length
      }
    }
    await sink.write(END_OF_FILE)
  } finally {
    await file.close()
  }
  const index = new TabixIndex(
    mergeContigs(regions.map(({ finished }, n) => shifted(finished.index, n * TEXT_BYTES_MAX))),
  )
  const place = (offset: number) => {
    const region = Math.floor(offset / TEXT_BYTES_MAX)
    return placeIn(regions[region]!.finished, bases[region]!, offset - region * TEXT_BYTES_MAX)
  }
  await withBgzf(tbi, (sink) => sink.write(index.encodeWith(place)))
}

function shifted(index: ContigIndex, by: number): ContigIndex {
  const { start, end, bins, windows } = index
  return {
    ...index,
    start: start + by,
    end: end + by,
    bins: bins.map((bin) => ({ bin: bin.bin, start: bin.start + by, end: bin.end + by })),
    windows: windows.map((offset) => offset + by),
  }
}

/** Parts of one contig that follow one another become one: X comes in three. */
function mergeContigs(parts: readonly ContigIndex[]): ContigIndex[] {
  const contigs: ContigIndex[] = []
  for (const part of parts) {
    const before = contigs.at(-1)
    if (before?.name !== part.name) {
      contigs.push(part)
      continue
    }
    before.end = part.end
    before.records += part.records
    before.windows.push(...part.windows.slice(before.windows.length))
    for (const bin of part.bins) {
      const known = before.bins.find((one) => one.bin === bin.bin)
      if (known) known.end = bin.end
      else before.bins.push(bin)
    }
  }
  return contigs
}
