import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { APP_SECRET_CHARACTERS_MIN, splitSecrets } from './env.ts'
import { APP_SECRET_FILE, newSecret, readIfThere } from './secrets.ts'
import { syncDirectory } from './storage/durable-directory.ts'

/**
 * Put a new secret before the others in DATA_DIR's file, or with `dropOld` keep only the newest. Resolves with the
 * number of secrets in the file. Durable once this resolves; a crash leaves the old list or the new one. Processes read the file when
 * they start. Rejects when there is no file: the secret is then kept elsewhere, or nothing was started yet.
 */
export async function rotateAppSecret(dataDir: string, { dropOld }: { dropOld: boolean }): Promise<number> {
  const file = path.join(dataDir, APP_SECRET_FILE)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`There is no secret in ${file} yet: the first start makes one.`)
  })
  const before = splitSecrets(text.trim())
  // As a restore leaves it: beside a new secret, nobody would miss the one that everything was sealed with.
  if (before.some((secret) => secret.length < APP_SECRET_CHARACTERS_MIN)) {
    throw new Error(
      `${file} holds no secret: put the one of this installation there first, or use --old-lost if it is lost for good`,
    )
  }
  const after = dropOld ? before.slice(0, 1) : [newSecret(), ...before]
  await writeList(dataDir, after)
  return after.length
}

/** Make a secret where DATA_DIR's file is missing or empty, as a restore leaves it; a file that holds anything is left alone. */
export async function replaceMissingSecret(dataDir: string): Promise<void> {
  if (!(await readIfThere(path.join(dataDir, APP_SECRET_FILE)))) await writeList(dataDir, [newSecret()])
}

/** The old list is replaced by the new one as a whole. */
async function writeList(dataDir: string, list: string[]): Promise<void> {
  const file = path.join(dataDir, APP_SECRET_FILE)
  const aside = `${file}.${randomBytes(8).toString('hex')}.new`
  try {
    const handle = await open(aside, 'wx', 0o600)
    try {
      await handle.writeFile(`${list.join(',')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(aside, file)
  } finally {
    await rm(aside, { force: true })
  }
  await syncDirectory(dataDir)
}
