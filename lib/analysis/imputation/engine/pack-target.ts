import { readFile } from 'node:fs/promises'
import { TabixIndex } from '../../array/tabix-index.ts'
import { withBgzf } from '../../array/with-file.ts'

/** Where a target stands once it is packed; its index stands beside it. */
export interface PackedTarget {
  file: string
  markers: number
}

/** Pack a target of one region, which is a few megabytes at most, and index it: Eagle and Minimac4 read nothing else. */
export async function packTarget(vcf: string, file: string): Promise<PackedTarget> {
  const text = await readFile(vcf, 'latin1')
  const index = new TabixIndex()
  let markers = 0
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1
    // A text that breaks off would lose its last marker without a word.
    if (end === 0) throw new Error('A target has no end')
    if (text.charAt(start) !== '#') {
      const [contig = '', position] = text.slice(start, end).split('\t', 2)
      index.add(contig, Number(position), start, end)
      markers++
    }
    start = end
  }
  const blockStarts = await withBgzf(file, async (sink) => {
    await sink.write(Buffer.from(text, 'latin1'))
    return sink.blockStarts
  })
  await withBgzf(`${file}.tbi`, (sink) => sink.write(index.encode(blockStarts)))
  return { file, markers }
}
