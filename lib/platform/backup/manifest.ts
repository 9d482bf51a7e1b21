import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { POSTGRES_MAJOR } from '../embedded-postgres/binaries.ts'

/** The last file of a backup to be written: a backup without it is not whole. `sha256sum -c` reads it. */
export const DIGESTS_FILE = 'SHA256SUMS'
export const DESCRIPTION_FILE = 'backup.json'

const LINE = /^([0-9a-f]{64}) {2}(.+)$/
const Description = z.object({ format: z.literal(1), postgres: z.literal(POSTGRES_MAJOR) })

/** Describes a backup for its restore. */
export const describeBackup = (): string => `${JSON.stringify({ format: 1, postgres: POSTGRES_MAJOR })}\n`

export async function writeDigests(directory: string, digests: Map<string, string>): Promise<void> {
  const lines = [...digests].map(([name, digest]) => `${digest}  ${name}\n`)
  await writeFile(path.join(directory, DIGESTS_FILE), lines.join(''), { mode: 0o600, flush: true })
}

/** Names and SHA-256 of all files of a backup. Throws, in words for the operator, unless it is complete and made by Arraydrop. */
export async function readDigests(directory: string): Promise<Map<string, string>> {
  const text = await readFile(path.join(directory, DIGESTS_FILE), 'utf8').catch(() => {
    throw new Error(`${directory} holds no whole backup: ${DIGESTS_FILE} is missing.`)
  })
  const description = await readFile(path.join(directory, DESCRIPTION_FILE), 'utf8').catch(() => 'null')
  if (!Description.safeParse(JSON.parse(description)).success) {
    throw new Error(`${directory} was not made by this version of Arraydrop: see ${DESCRIPTION_FILE}.`)
  }
  const digests = new Map<string, string>()
  for (const line of text.split('\n').filter(Boolean)) {
    const [, digest, name] = LINE.exec(line) ?? []
    if (!digest || !name || leadsOutside(name)) throw new Error(`${DIGESTS_FILE} of ${directory} is damaged.`)
    digests.set(name, digest)
  }
  return digests
}

const leadsOutside = (name: string): boolean => path.isAbsolute(name) || name.split('/').includes('..')

/** As 64 lower-case hex digits. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
