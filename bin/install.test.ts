import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundledNodePackage } from './bundled-node.mjs'
import { isInstalled, progressOf, removeUnused, replacePackages, whyInstall } from './install.mjs'
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
  expect(isInstalled(root, { development: true })).toBe(true)
})

test('An interrupted install, another version, a missing package and a missing Node lead to a new install', () => {
  expect(isInstalled(root, { development: true })).toBe(false)
  writePresent({ ...present, 'node_modules/next': { version: '15.0.0' } })
  expect(isInstalled(root, { development: true })).toBe(false)
  writePresent({ [ownNode]: { version: '24.0.0' } })
  expect(isInstalled(root, { development: true })).toBe(false)
  writePresent(present)
  rmSync(path.join(root, ownNode), { recursive: true })
  expect(isInstalled(root, { development: true })).toBe(false)
})

test('Before an install its reason is said: no packages yet, some missing, or another version', () => {
  const why = () => whyInstall(root, { development: false })
  expect(why()).toEqual({ text: 'there are none in this clone yet', replaces: false })
  writePresent({ ...present, 'node_modules/next': { version: '15.0.0' } })
  expect(why()).toEqual({
    text: expect.stringContaining('not all that are needed now (next)'),
    replaces: true,
  })
  write('package-lock.json', { ...wanted, 'node_modules/a': {}, 'node_modules/b': {} })
  writePresent(present)
  expect(why()).toEqual({ text: expect.stringMatching(/\(a and 1 more\)$/), replaces: false })
})

test('An install in progress tells how many packages are there, and how long the others will take', () => {
  expect(progressOf(root, 5, { development: true })).toBeUndefined()
  write('package-lock.json', { ...wanted, 'node_modules/a': { version: '1.0.0' } })
  mkdirSync(path.join(root, 'node_modules/next'))
  writeFileSync(path.join(root, 'node_modules/next/package.json'), '{}')
  expect(progressOf(root, 5, { development: true })).toBe('  1 of 2 packages, about 5 s left')
})

test('An install keeps no source maps and no headers, and still counts as one', () => {
  const at = (file: string) => path.join(root, 'node_modules', file)
  mkdirSync(at('next/dist'), { recursive: true })
  mkdirSync(path.join(root, ownNode, 'include/node'), { recursive: true })
  for (const file of ['next/dist/a.js', 'next/dist/a.js.map', 'next/map.js']) writeFileSync(at(file), '')
  writePresent(present)
  removeUnused(root, { development: true })
  expect(['next/dist/a.js', 'next/dist/a.js.map', 'next/map.js'].map((file) => existsSync(at(file)))).toEqual(
    [true, false, true],
  )
  expect(existsSync(path.join(root, ownNode, 'include'))).toBe(false)
  expect(isInstalled(root, { development: true })).toBe(true)
})

test('What runs the service needs no package of the tests, which are installed before the tests run', () => {
  write('package-lock.json', { ...wanted, 'node_modules/vitest': { version: '1.0.0', dev: true } })
  writePresent(present)
  expect(isInstalled(root, { development: false })).toBe(true)
  expect(isInstalled(root, { development: true })).toBe(false)
  mkdirSync(path.join(root, 'node_modules/next'))
  writeFileSync(path.join(root, 'node_modules/next/package.json'), '{}')
  expect(progressOf(root, 5, { development: false })).toBe('  1 of 1 packages; finishing')
  expect(progressOf(root, 5, { development: true })).toBe('  1 of 2 packages, about 5 s left')
})

test('Packages are replaced whole, and what was installed aside is gone', () => {
  const aside = path.join(root, '.setup/install')
  mkdirSync(path.join(aside, 'node_modules'), { recursive: true })
  writeFileSync(path.join(aside, 'node_modules/new.js'), '')
  replacePackages(root, aside)
  expect(readdirSync(path.join(root, 'node_modules'))).toEqual(['new.js'])
  expect(existsSync(aside)).toBe(false)
})

test('An install that only runs keeps licences, and what Next asks for, but no types, manuals or packages for tests', () => {
  write('package-lock.json', {
    '': {
      dependencies: { next: '16', '@types/react': '19' },
      optionalDependencies: { 'other-platform': '1' },
    },
    'node_modules/next': {
      dependencies: { postcss: '8' },
      optionalDependencies: { sharp: '0.35' },
      peerDependencies: { react: '19', chai: '1' },
      peerDependenciesMeta: { chai: { optional: true } },
    },
    'node_modules/next/node_modules/postcss': {},
    'node_modules/postcss': { devOptional: true },
    'node_modules/react': {},
    'node_modules/sharp': { optional: true },
    'node_modules/chai': { devOptional: true },
    'node_modules/@types/react': {},
  })
  const kept = [
    'next/a.js',
    'next/LICENSE.md',
    'next/node_modules/postcss/index.js',
    'react/index.js',
    '@types/react/index.d.ts',
  ]
  const removed = [
    'next/a.d.ts',
    'next/a.d.mts',
    'next/README.md',
    'chai/index.js',
    'postcss/index.js',
    'sharp/index.js',
  ]
  const files = [...kept, ...removed].map((file) => path.join(root, 'node_modules', file))
  for (const file of files) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, '')
  }
  removeUnused(root, { development: false })
  expect(files.filter(existsSync)).toEqual(files.slice(0, kept.length))
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
