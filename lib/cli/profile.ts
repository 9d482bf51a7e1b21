import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { misused } from './failure.ts'

/** A service and a key for it, kept by `arraydrop login`. */
const Profile = z.object({ host: z.string(), api_key: z.string() })
export type Profile = z.infer<typeof Profile>

export const PROFILE_DEFAULT = 'default'

/** Only its owner may read it. */
export const configFile = (): string => path.join(os.homedir(), '.config', 'arraydrop', 'config.json')

/** The profile of this name; undefined when there is none. Throws when the file cannot be used. */
export async function readProfile(name: string): Promise<Profile | undefined> {
  return (await readConfig()).get(name)
}

/** Keep a profile, or forget it. The file appears whole, with mode 0600 from the start. */
export async function writeProfile(name: string, profile: Profile | undefined): Promise<void> {
  const profiles = await readConfig()
  profiles.delete(name)
  if (profile !== undefined) profiles.set(name, profile)
  const file = configFile()
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  try {
    await writeFile(draft, `${JSON.stringify({ profiles: Object.fromEntries(profiles) }, null, 2)}\n`, {
      mode: 0o600,
      flag: 'wx',
    })
    await chmod(draft, 0o600)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** By name. A map, since a profile may be called as what every object has, such as `constructor`. */
async function readConfig(): Promise<Map<string, Profile>> {
  const text = await readFile(configFile(), 'utf8').catch(() => undefined)
  if (text === undefined) return new Map()
  try {
    const { profiles } = JSON.parse(text) as { profiles: object }
    return new Map(Object.entries(profiles).map(([name, profile]) => [name, Profile.parse(profile)]))
  } catch {
    throw misused(`${configFile()} cannot be read: correct it, or remove it and log in again.`)
  }
}
