import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundledNodePackage } from './bundled-node.mjs'
import { isInstalled, progressOf, removeUnused } from './install.mjs'
import { inProject } from './project-root.mjs'

let root: string
const ownNode = `node_modules/${bundledNodePackage()}`
const wanted = {
  '': { version: '0.1.0' },
  'node_modules/next': { version: '16.0.0' },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
  [ownNode]: { version: '24.0.0', optional: true },
}
const present = { 'node_modules/next': { version: '16.0.0' }, [ownNode]: { version: '24.0.0' } }

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'arraydrop-i-'))
  mkdirSync(path.join(root, ownNode), { recursive: true })
  write('package-lock.json', wanted)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (file: string, packages: object) =>
  writeFileSync(path.join(root, file), JSON.stringify({ packages }))
const writePresent = (packages: object) => write('node_modules/.package-lock.json', packages)

test('node_modules that match the lock file, without packages of other platforms, count as installed', () => {
  writePresent(present)
  expect(isInstalled(root)).toBe(true)
})

test('An interrupted install, another version, a missing package and a missing Node lead to a new install', () => {
  expect(isInstalled(root)).toBe(false)
  writePresent({ ...present, 'node_modules/next': { version: '15.0.0' } })
  expect(isInstalled(root)).toBe(false)
  writePresent({ [ownNode]: { version: '24.0.0' } })
  expect(isInstalled(root)).toBe(false)
  writePresent(present)
  rmSync(path.join(root, ownNode), { recursive: true })
  expect(isInstalled(root)).toBe(false)
})

test('An install in progress tells how many packages are there, and how long the others will take', () => {
  expect(progressOf(root, 5)).toBeUndefined()
  write('package-lock.json', { ...wanted, 'node_modules/a': { version: '1.0.0' } })
  mkdirSync(path.join(root, 'node_modules/next'))
  writeFileSync(path.join(root, 'node_modules/next/package.json'), '{}')
  expect(progressOf(root, 5)).toBe('  1 of 2 packages, about 5 s left')
})

test('An install keeps no source maps and no headers, and still counts as one', () => {
  const at = (file: string) => path.join(root, 'node_modules', file)
  mkdirSync(at('next/dist'), { recursive: true })
  mkdirSync(path.join(root, ownNode, 'include/node'), { recursive: true })
  for (const file of ['next/dist/a.js', 'next/dist/a.js.map', 'next/map.js']) writeFileSync(at(file), '')
  writePresent(present)
  removeUnused(root)
  expect(['next/dist/a.js', 'next/dist/a.js.map', 'next/map.js'].map((file) => existsSync(at(file)))).toEqual(
    [true, false, true],
  )
  expect(existsSync(path.join(root, ownNode, 'include'))).toBe(false)
  expect(isInstalled(root)).toBe(true)
})

test.each(['start.mjs', 'test.mjs'])(
  '%s, which installs the packages, loads without any of them',
  (entry) => {
    const loaded = new Set<string>()
    const packages: string[] = []
    const load = (file: string) => {
      if (loaded.has(file)) return
      loaded.add(file)
      for (const [, name] of readFileSync(file, 'utf8').matchAll(/^(?:import|\} from) .*?'([^']+)'$/gm)) {
        if (name!.startsWith('.')) load(path.join(path.dirname(file), name!))
        else if (!name!.startsWith('node:')) packages.push(`${file}: ${name}`)
      }
    }
    load(inProject('bin', entry))
    expect(loaded.size).toBeGreaterThan(3)
    expect(packages).toEqual([])
  },
)
