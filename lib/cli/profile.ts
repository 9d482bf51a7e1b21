import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { misused } from './failure.ts'

/** A service and a key for it, kept by `arraydrop login`. */
const Profile = z.object({ host: z.string(), api_key: z.string() })
export type Profile = z.infer<typeof Profile>
const Config = z.object({ profiles: z.record(z.string(), Profile) })

export const PROFILE_DEFAULT = 'default'

/** Only its owner may read it. */
export const configFile = (): string => path.join(homedir(), '.config', 'arraydrop', 'config.json')

/** The profile of this name; undefined when there is none. Throws when the file cannot be used. */
export async function readProfile(name: string): Promise<Profile | undefined> {
  return (await readConfig())[name]
}

/** Keep a profile, or forget it. The file appears whole, with mode 0600 from the start. */
export async function writeProfile(name: string, profile: Profile | undefined): Promise<void> {
  const profiles = await readConfig()
  const { [name]: _, ...others } = profiles
  const kept = profile === undefined ? others : { ...others, [name]: profile }
  const file = configFile()
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  try {
    await writeFile(draft, `${JSON.stringify({ profiles: kept }, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await chmod(draft, 0o600)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

async function readConfig(): Promise<Record<string, Profile>> {
  const text = await readFile(configFile(), 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  try {
    return Config.parse(JSON.parse(text)).profiles
  } catch {
    throw misused(`${configFile()} cannot be read: correct it, or remove it and log in again.`)
  }
}
