import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { DiskBlobStore } from './disk-blob-store.ts'

const ROUNDS = process.env.ARRAYDROP_TORTURE ? 200 : 2
const OBJECT_BYTES = 300_000

/** A process that writes one object after the other, and says which `put` has resolved. */
const WRITER = `
  import { DiskBlobStore } from ${JSON.stringify(path.join(import.meta.dirname, 'disk-blob-store.ts'))}
  const store = new DiskBlobStore(process.argv[1])
  async function* chunks(fill) {
    for (let i = 0; i < 3; i++) yield Buffer.alloc(${OBJECT_BYTES / 3}, fill)
  }
  for (let n = 0; ; n++) {
    const key = 'round-' + process.argv[2] + '/' + (n % 8) + '.bin'
    await store.put(key, chunks(n % 251))
    process.stdout.write(key + '\\n')
  }`

test('A process that is killed while it writes leaves whole objects only, and all that it had acknowledged', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'arraydrop-kill-'))
  const acknowledged = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, directory, String(round)])
    const exited = once(writer, 'exit')
    // Some are killed while they make an object, others while they replace one.
    let wanted = 2 + ((round * 5) % 17)
    for await (const key of createInterface({ input: writer.stdout })) {
      acknowledged.add(key)
      if (--wanted === 0) writer.kill('SIGKILL')
    }
    await exited
    expect(wanted).toBeLessThanOrEqual(0)
  }
  const store = new DiskBlobStore(directory)
  const found = new Set<string>()
  for await (const { key, size } of store.list('')) {
    found.add(key)
    const bytes = new Uint8Array(await new Response((await store.read(key)).body).arrayBuffer())
    expect(size).toBe(OBJECT_BYTES)
    expect(new Set(bytes).size).toBe(1)
  }
  expect([...acknowledged].filter((key) => !found.has(key))).toEqual([])
  await rm(directory, { recursive: true })
}, 600_000)
