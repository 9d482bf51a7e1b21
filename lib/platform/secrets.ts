import { createHash, hkdfSync, randomBytes } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { APP_SECRET_CHARACTERS_MIN, type Env, splitSecrets } from './env.ts'
import { StartRefusal } from './start-refusal.ts'
import { makeDurableDirectory, syncDirectory } from './storage/durable-directory.ts'

const PURPOSES = ['link-token', 'download', 'encryption', 'session', 'likeness'] as const
type Purpose = (typeof PURPOSES)[number]

export interface Secrets {
  /** Key ids and 256-bit keys for one purpose, newest first. */
  keysFor(purpose: Purpose): { kid: string; key: Uint8Array }[]
}
type Keys = ReturnType<Secrets['keysFor']>

/** File under DATA_DIR that is used unless APP_SECRET is set. */
export const APP_SECRET_FILE = 'app-secret'
const KEY_BYTES = 32
const KID_CHARACTERS = 12

/**
 * Keys of this installation, one set per purpose, so that a signature for one purpose is worthless for another.
 * They come from APP_SECRET, else from a 256-bit secret that the first process makes under DATA_DIR. Rejects when that
 * file is there but holds no secret: a new one would silently make every link and every stored secret unreadable. Rejects
 * also instead of making one where database and files are both elsewhere, since other processes would make another, and
 * where one is `inUse` already.
 */
export async function loadSecrets({
  appSecret,
  dataDir,
  databaseUrl,
  s3,
  inUse = false,
}: Pick<Env, 'appSecret' | 'dataDir'> &
  Partial<Pick<Env, 'databaseUrl' | 's3'>> & { inUse?: boolean }): Promise<Secrets> {
  const elsewhere = databaseUrl !== undefined
  const shared = elsewhere && s3 !== undefined
  const list = splitSecrets(appSecret ?? (await readOrMakeSecret(dataDir, { elsewhere, shared, inUse })))
  const keys = new Map(PURPOSES.map((purpose) => [purpose, list.map((secret) => deriveKey(secret, purpose))]))
  return { keysFor: (purpose) => keys.get(purpose) ?? [] }
}

/** 256 random bits. */
export const newSecret = (): string => randomBytes(KEY_BYTES).toString('base64url')

/** HKDF-SHA256 (RFC 5869). The key id tells keys apart and nothing about them. */
function deriveKey(secret: string, purpose: Purpose): Keys[number] {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', `arraydrop ${purpose}`, KEY_BYTES))
  const kid = createHash('sha256').update('kid').update(key).digest('base64url').slice(0, KID_CHARACTERS)
  return { kid, key }
}

const LOST = 'run `arraydrop admin rotate-secret --old-lost`'
const RESTORE = 'restore it from where you keep a copy, or if it is lost for good,'

async function readOrMakeSecret(
  dataDir: string,
  { elsewhere, shared, inUse }: { elsewhere: boolean; shared: boolean; inUse: boolean },
): Promise<string> {
  const file = path.join(dataDir, APP_SECRET_FILE)
  const found = await readIfThere(file)
  if (found === undefined && shared) {
    throw new StartRefusal(
      'APP_SECRET is not set: every server and worker of this database and bucket needs the same one. Make one with `openssl rand -base64 32`.',
    )
  }
  if (found === undefined && inUse) {
    const missing = `${file} is missing, and APP_SECRET is not set:`
    throw new StartRefusal(
      elsewhere
        ? `${missing} give this the APP_SECRET or the DATA_DIR of the servers and workers of this database, or ${RESTORE} set APP_SECRET to a new one and ${LOST}.`
        : `${missing} ${RESTORE} ${LOST}, which makes a new one.`,
    )
  }
  if (found === '') {
    throw new StartRefusal(`${file} is empty and holds no secret: ${RESTORE} ${LOST}, which makes a new one.`)
  }
  const text = found ?? (await makeSecret(dataDir, file))
  if (splitSecrets(text).some((secret) => secret.length < APP_SECRET_CHARACTERS_MIN)) {
    throw new StartRefusal(
      `${file} holds no secret of ${APP_SECRET_CHARACTERS_MIN} characters: restore it from a backup`,
    )
  }
  return text
}

/**
 * Written aside, flushed, then linked to its name: a power cut leaves a whole secret or none, and of two processes
 * that race the second finds the name taken and reads the first one's.
 */
async function makeSecret(dataDir: string, file: string): Promise<string> {
  await makeDurableDirectory(dataDir)
  const aside = `${file}.${randomBytes(8).toString('hex')}.new`
  try {
    const handle = await open(aside, 'wx', 0o600)
    try {
      await handle.writeFile(`${newSecret()}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await link(aside, file).catch(ignore('EEXIST'))
  } finally {
    await rm(aside, { force: true })
  }
  await syncDirectory(dataDir)
  return (await readFile(file, 'utf8')).trim()
}

/** Without the white space around it; undefined where there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(ignore('ENOENT'))
  return text?.trim()
}

const ignore = (code: string) => (thrown: unknown) => {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === code)) throw thrown
  return undefined
}
