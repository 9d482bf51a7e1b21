import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { licenceFaults } from './licences.mjs'
import { inProject } from './project-root.mjs'

const licensed = (license?: string) => licenceFaults({ packages: { 'node_modules/a': { license } } })

test('Every installed package has a licence that allows our use', () => {
  const lock = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8'))
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100)
  expect(licenceFaults(lock)).toEqual([])
})

test('A licence that was not reviewed is reported, whatever it is combined with', () => {
  expect(licensed('GPL-3.0-only')).toEqual(['a: GPL-3.0-only'])
  expect(licensed()).toEqual(['a: no licence named'])
  expect(licensed('MIT AND GPL-3.0-only')).toHaveLength(1)
  expect(licensed('(MIT OR GPL-3.0-only)')).toEqual([])
})

test('Every direct dependency is in docs/dependencies.md with its reason', () => {
  const page = readFileSync(inProject('docs/dependencies.md'), 'utf8')
  const chosen = [packageJson.dependencies, packageJson.devDependencies, packageJson.optionalDependencies]
  const missing = chosen.flatMap(Object.keys).filter((name) => !page.includes(`\`${name}\``))
  expect(missing).toEqual([])
})
