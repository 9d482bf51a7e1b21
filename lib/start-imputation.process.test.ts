import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEnv } from '#lib/platform/env.ts'
import { panelWithoutJava } from '#lib/testing/panel-for-tests.ts'
import { startImputation } from './start-imputation.ts'

let folder: string
let programs: Record<string, string>
let panel: Awaited<ReturnType<typeof panelWithoutJava>>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'arraydrop-start-'))
  panel = await panelWithoutJava(folder)
  programs = {
    EAGLE: await aProgram('eagle', '| Eagle v2.4.1 |'),
    MINIMAC4: await aProgram('minimac4', 'minimac v4.1.2'),
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A program that says this, whatever it is asked. */
async function aProgram(name: string, words: string): Promise<string> {
  const file = path.join(folder, name)
  await writeFile(file, `#!/bin/sh\necho '${words}'\n`)
  await chmod(file, 0o755)
  return file
}

const start = async (settings: Record<string, string>, jobs = true) =>
  startImputation(readEnv({ ...panel.environment, ...programs, PATH: process.env.PATH!, ...settings }), {
    jobs,
  })

test('A service with a panel and its engine offers what the panel makes', async () => {
  const { capabilities } = await start({})
  expect(capabilities.map(({ key }) => key)).toContain('array/human/grch37/synthetic/1/v1')
})

test('A panel that was not prepared for the engine is refused, with what would help', async () => {
  await expect(start({ IMPUTATION_ENGINE: 'minimac4' })).rejects.toThrow(
    /IMPUTATION_PANEL: \S+ was not prepared for minimac4: use IMPUTATION_ENGINE, or prepare it again with --engine minimac4$/,
  )
})

test('An engine that is not there, or is another program, is named; a web server needs none', async () => {
  const minimac4 = { IMPUTATION_ENGINE: 'minimac4' }
  await expect(start({ ...minimac4, EAGLE: 'no-such-eagle' })).rejects.toThrow(
    /no program no-such-eagle on PATH/,
  )
  await expect(start({ ...minimac4, MINIMAC4: 'no-such-minimac4' })).rejects.toThrow(
    /needs Minimac4 \(MINIMAC4\)/,
  )
  // Debian has another program of the name.
  const other = await aProgram('other', 'EAGLE: layout editor')
  await expect(start({ ...minimac4, EAGLE: other })).rejects.toThrow(/does not respond as the program/)
  await expect(start({ IMPUTATION_ENGINE: 'impute2' })).rejects.toThrow(
    /IMPUTATION_ENGINE \("impute2"\) is unknown/,
  )
  expect((await start({ ...minimac4, EAGLE: 'no-such-eagle' }, false)).capabilities).toHaveLength(3)
})
