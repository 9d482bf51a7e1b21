import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareDataDir } from './prepare-data-dir.ts'

let top: string

beforeEach(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'data-dir-'))
})

afterEach(() => rm(top, { recursive: true, force: true }))

test('DATA_DIR and its missing parents are made, and may be there already', async () => {
  const wanted = path.join(top, 'a', 'b')
  await prepareDataDir(wanted)
  await prepareDataDir(wanted)
  await access(wanted)
})

test('A file in the place of DATA_DIR is refused in one sentence', async () => {
  const file = path.join(top, 'file')
  await writeFile(file, '')
  await expect(prepareDataDir(file)).rejects.toThrow(/^DATA_DIR .*file cannot be used \(ENOTDIR\): name a/)
  await expect(prepareDataDir(path.join(file, 'below'))).rejects.toThrow(/^DATA_DIR .* \(ENOTDIR\)/)
})

test.runIf(process.platform === 'linux')('A folder that can never be made is refused at once', async () => {
  await expect(prepareDataDir('/proc/arraydrop')).rejects.toThrow(
    /^DATA_DIR \/proc\/arraydrop cannot be used \((ENOENT|EACCES|EPERM)\)/,
  )
})

test.runIf(process.getuid && process.getuid() !== 0)(
  'A folder that only others may write to is refused',
  async () => {
    await chmod(top, 0o500)
    await expect(prepareDataDir(top)).rejects.toThrow(/^DATA_DIR .* cannot be used \(EACCES\)/)
  },
)
