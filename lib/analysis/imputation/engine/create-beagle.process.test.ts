import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runLeashed } from '#lib/platform/leash/run-leashed.ts'
import { createBeagle } from './create-beagle.ts'
import type { EngineFailure } from './engine.ts'

const never = new AbortController().signal
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-beagle-'))
  await writeFile(path.join(folder, 'beagle.jar'), '')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A Java that answers as Beagle does when it is asked nothing, and else runs this line of shell with `$out`. */
async function aJava(script: string, version = 'beagle.22Jul22.46e.jar (version 5.4)'): Promise<string> {
  const java = path.join(await mkdtemp(path.join(folder, 'java-')), 'java')
  const lines = [
    '#!/bin/sh',
    'for one in "$@"; do case "$one" in out=*) out=$(printf %s "$one" | cut -c5-);; esac; done',
    `[ -n "$out" ] || { echo '${version}'; exit 0; }`,
    script,
  ]
  await writeFile(java, `${lines.join('\n')}\n`)
  await chmod(java, 0o755)
  return java
}

const FINISHED = String.raw`printf 'Reference markers:  10\nStudy     markers:  3\n\nbeagle.jar finished\n' > "$out.log"`

async function impute(script: string, { stallSeconds = 60, signal = never } = {}) {
  const settings = {
    java: await aJava(script),
    beagleJar: path.join(folder, 'beagle.jar'),
    memoryMegabytes: 100,
  }
  const engine = await createBeagle({ runLeashed, searchPath: '/usr/bin:/bin', settings, stallSeconds })
  const own = await mkdtemp(path.join(folder, 'run-'))
  const file = (name: string) => path.join(own, name)
  const named = (name: string) => ({ name, bytes: 1, sha256: '0'.repeat(64) })
  const job = {
    target: file('target.vcf'),
    panelFolder: own,
    files: { sites: named('sites'), map: named('map'), bref3: named('panel.bref3') },
    folder: own,
    sites: 10,
    markers: 3,
    together: 'nobody',
    memoryMegabytes: 100,
  }
  return { engine, own, result: await engine.impute(job, signal).catch((error: EngineFailure) => error) }
}

test('Beagle is called with one thread, a fixed seed and the heap it may have, and its version is known', async () => {
  const { engine, own, result } = await impute(`echo "$@" > "$(dirname "$out")/called"; ${FINISHED}`)
  expect(engine.name).toBe('Beagle 5.4 (22Jul22.46e)')
  const called = await readFile(path.join(own, 'called'), 'utf8')
  for (const word of ['-Xmx100m', 'seed=1', 'nthreads=1', 'gp=true', `ref=${own}/panel.bref3`]) {
    expect(called.trim().split(' ')).toContain(word)
  }
  expect(result).toMatchObject({ vcf: path.join(own, 'imputed.vcf.gz') })
  expect(engine.command).not.toContain(own)
})

test('An engine that prints an exception and hangs without working is ended', async () => {
  const { result } = await impute('echo "Exception in thread main" >&2; exec sleep 600', { stallSeconds: 1 })
  expect(result).toMatchObject({ kind: process.platform === 'linux' ? 'stalled' : expect.anything() })
})

test('An abort ends the engine, and is passed on', async () => {
  const abort = new AbortController()
  const running = impute('exec sleep 600', { signal: abort.signal })
  setTimeout(() => abort.abort(new Error('canceled')), 300)
  expect((await running).result).toMatchObject({ message: 'canceled' })
})

test.each([
  ['echo "java.lang.OutOfMemoryError: Java heap space"; exit 1', 'memory'],
  ['echo "java.io.IOException: No space left on device"; exit 1', 'disk'],
  [`${FINISHED}; exit 1`, 'faulty'],
  ['exit 0', 'faulty'],
  ['kill -9 $$', 'killed'],
])('An engine that does %j has failed by %s', async (script, kind) => {
  expect((await impute(script)).result).toMatchObject({ kind })
})

test('Java or Beagle that are not there, or are something else, are named at once', async () => {
  const start = (java: string, beagleJar = path.join(folder, 'beagle.jar')) =>
    createBeagle({
      runLeashed,
      searchPath: '/usr/bin:/bin',
      settings: { java, beagleJar, memoryMegabytes: 100 },
    })
  await expect(start('no-such-java')).rejects.toThrow(/no program no-such-java on PATH/)
  await expect(start(await aJava(''), '/nowhere/beagle.jar')).rejects.toThrow(/no Beagle at \/nowhere/)
  await expect(start(await aJava('', 'beagle.r1399.jar (version 4.0)'))).rejects.toThrow(
    /does not answer as Beagle 5/,
  )
  await mkdir(path.join(folder, 'java'), { recursive: true })
  await expect(start(path.join(folder, 'java'))).rejects.toThrow(/no program/)
})
