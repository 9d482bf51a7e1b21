import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BadEnvironment, readEnv } from './env.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-fasta-'))
afterAll(() => rm(folder, { recursive: true }))

async function aFile(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text)
  return path.join(folder, name)
}

test('A FASTA file with its index is taken', async () => {
  const fasta = await aFile('sound.fa', '>1\nACGT\n')
  await aFile('sound.fa.fai', '1\t4\t3\t4\t5\n')
  expect(readEnv({ REFERENCE_FASTA: fasta }).referenceFasta).toBe(fasta)
})

test('What cannot serve as a reference is refused at start, with what is wrong', async () => {
  const refused: [string, string][] = [
    ['relative.fa', 'is not an absolute path'],
    [path.join(folder, 'none.fa'), 'cannot be read'],
    [folder, 'cannot be read'],
    [await aFile('empty.fa', ''), 'cannot be read'],
    [await aFile('packed.fa.gz', '\x1f\x8b'), 'is not an uncompressed FASTA file'],
    [await aFile('alone.fa', '>1\nACGT\n'), 'has no index that can be read beside it'],
  ]
  for (const [fasta, fault] of refused) {
    const read = () => readEnv({ REFERENCE_FASTA: fasta })
    expect(read, fasta).toThrow(BadEnvironment)
    expect(read, fasta).toThrow(`REFERENCE_FASTA ${fault}. Allowed: `)
  }
})
