import { expect, test } from 'vitest'
import { BlobNotFound, type BlobStore } from './blob-store.ts'
import { countErrors } from './count-errors.ts'

/** A store that fails at everything with this error. */
const failing = (error: Error): BlobStore => ({
  put: () => Promise.reject(error),
  read: () => Promise.reject(error),
  withLocalFile: () => Promise.reject(error),
  remove: () => Promise.reject(error),
  // biome-ignore lint/correctness/useYield: what fails before its first answer has none
  async *list() {
    throw error
  },
  check: () => Promise.reject(error),
})

async function* nothing(): AsyncIterable<Uint8Array> {}

/** Every operation once; what was counted. */
async function countedOf(inner: BlobStore): Promise<string[]> {
  const counted: string[] = []
  const count = (_name: string, labels: object) => void counted.push(...Object.values(labels))
  const store = countErrors(inner, { count })
  const all = [
    store.put('a', nothing()),
    store.read('a'),
    store.withLocalFile('a', async () => {}),
    store.remove('a'),
    store.list('a/')[Symbol.asyncIterator]().next(),
    store.check(),
  ]
  for (const outcome of await Promise.allSettled(all)) expect(outcome.status).toBe('rejected')
  return counted.sort()
}

test('Every operation that the store fails at is counted by its name, and its error passed on', async () => {
  const error = Object.assign(new Error('no space'), { code: 'ENOSPC' })
  expect(await countedOf(failing(error))).toEqual(['check', 'list', 'read', 'read', 'remove', 'write'])
})

test('To ask for what is not there is no failure of the store', async () => {
  expect(await countedOf(failing(new BlobNotFound('a')))).toEqual([])
  expect(await countedOf(failing(new RangeError('beyond')))).toEqual([])
})

test('Nor is what goes wrong with a file in hand', async () => {
  const counted: unknown[] = []
  const inner = {
    ...failing(new Error('unused')),
    withLocalFile: <T>(_: string, use: (path: string) => Promise<T>) => use('/x'),
  }
  const store = countErrors(inner, { count: (...told) => void counted.push(told) })
  await expect(store.withLocalFile('a', () => Promise.reject(new Error('bad file')))).rejects.toThrow(
    'bad file',
  )
  expect(counted).toEqual([])
})
