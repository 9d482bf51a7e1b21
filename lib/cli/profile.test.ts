import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readProfile, writeProfile } from './profile.ts'

let home: string
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-home-'))
  vi.spyOn(os, 'homedir').mockReturnValue(home)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(home, { recursive: true })
})

test.each(['clinic', '__proto__', 'constructor'])(
  'a profile called %s is there once it is kept',
  async (name) => {
    const profile = { host: 'https://upload.example', api_key: 'a.key' }
    expect(await readProfile(name)).toBeUndefined()
    await writeProfile(name, profile)
    await writeProfile('other', { ...profile, api_key: 'another.key' })
    expect(await readProfile(name)).toEqual(profile)
    await writeProfile(name, undefined)
    expect([await readProfile(name), await readProfile('other')]).toEqual([
      undefined,
      { ...profile, api_key: 'another.key' },
    ])
  },
)
