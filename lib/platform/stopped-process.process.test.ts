import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'

/** Many times what the check takes, also on a busy machine. */
const SECONDS = 15
const source = (folder: string, url: string) => `
import { createThreads } from ${JSON.stringify(new URL('./threads.ts', import.meta.url).href)}
import { createOutbound } from ${JSON.stringify(new URL('./outbound/create-outbound.ts', import.meta.url).href)}
const url = ${JSON.stringify(url)}
const thread = new URL(${JSON.stringify(new URL('../sessions/upload/check-archive-thread.ts', import.meta.url).href)})
const task = { path: ${JSON.stringify(path.join(folder, 'export.zip'))}, policy: 'strict', rowsMin: 1_000 }
console.log('begun')
const limits = { seconds: ${SECONDS}, cpuSeconds: ${SECONDS}, heapMegabytes: 96 }
const outbound = createOutbound({ allowPrivate: true })
const asked = { url, answerMilliseconds: ${SECONDS * 1_000}, pace: { bytes: 1, milliseconds: ${SECONDS * 1_000} }, bytesMax: 9 }
const [{ end, answer }, streamed] = await Promise.all([
  createThreads({ threadsMax: 1 }).run(thread, task, limits),
  outbound.stream(asked, async ({ status }) => status),
])
console.log(JSON.stringify({ end, ok: answer?.ok, streamed }))
process.exit()
`

test('neither a check nor a request is late because the process stood still for longer than they may take', async () => {
  // Answers when the process has been stopped and lives again.
  const { promise: alive, resolve: live } = Promise.withResolvers<void>()
  const server = createServer((_request, response) => void alive.then(() => response.end()))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-stopped-'))
  try {
    const { innerName, text } = synthesizeExport({ vendor: '23andme', rows: 4_000, seed: 1 })
    await writeFile(path.join(folder, 'export.zip'), await packZip([{ name: innerName, bytes: text }]))
    const args = ['--input-type=module', '--eval', source(folder, url)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    expect((await lines.next()).value).toBe('begun')
    child.kill('SIGSTOP')
    // How long the process stands still is what is tested.
    await wait((SECONDS + 1) * 1_000)
    child.kill('SIGCONT')
    live()
    expect(JSON.parse((await lines.next()).value ?? 'null')).toEqual({
      end: 'answered',
      ok: true,
      streamed: { received: 200 },
    })
    if (child.exitCode === null) await once(child, 'exit')
  } finally {
    server.close()
    await rm(folder, { recursive: true })
  }
})
