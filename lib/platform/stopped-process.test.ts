import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'

const SECONDS = 5
const source = (folder: string) => `
import { createThreads } from ${JSON.stringify(new URL('./threads.ts', import.meta.url).href)}
const thread = new URL(${JSON.stringify(new URL('../sessions/upload/check-archive-thread.ts', import.meta.url).href)})
const task = { path: ${JSON.stringify(path.join(folder, 'export.zip'))}, policy: 'strict', rowsMin: 1_000 }
console.log('begun')
const limits = { seconds: ${SECONDS}, cpuSeconds: ${SECONDS}, heapMegabytes: 96 }
const { end, answer } = await createThreads({ threadsMax: 1 }).run(thread, task, limits)
console.log(JSON.stringify({ end, ok: answer?.ok }))
process.exit()
`

test('a sound file is accepted although its check stood still for longer than it may take', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-stopped-'))
  try {
    const { innerName, text } = synthesizeExport({ vendor: '23andme', rows: 4_000, seed: 1 })
    await writeFile(path.join(folder, 'export.zip'), await packZip([{ name: innerName, bytes: text }]))
    const args = ['--input-type=module', '--eval', source(folder)]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    expect((await lines.next()).value).toBe('begun')
    child.kill('SIGSTOP')
    // How long the process stands still is what is tested.
    await wait((SECONDS + 1) * 1_000)
    child.kill('SIGCONT')
    expect(JSON.parse((await lines.next()).value ?? 'null')).toEqual({ end: 'answered', ok: true })
    if (child.exitCode === null) await once(child, 'exit')
  } finally {
    await rm(folder, { recursive: true })
  }
})
