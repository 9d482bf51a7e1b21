import { expect, test, vi } from 'vitest'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { sniffFile } from './sniff-file.ts'

vi.mock('jszip/dist/jszip.min.js', () => {
  throw new Error('Loading chunk failed')
})

const text = new TextEncoder().encode('rs1\t1\t1\tAA\r\n'.repeat(8))

test('without the inflater there is no verdict about a file that needs it', async () => {
  const bytes = await packZip([{ name: 'genome.txt', bytes: text }])
  await expect(sniffFile(new File([bytes], 'export.zip'), 'strict')).rejects.toThrow()
})

test('what can be refused without inflating is refused all the same', async () => {
  const bytes = await packZip([{ name: '../genome.txt', bytes: text }])
  const { verdict } = await sniffFile(new File([bytes], 'export.zip'), 'strict')
  expect(verdict).toMatchObject({ ok: false, faults: [{ reason: 'zip_unsafe', detail: 'unsafe_name' }] })
})
