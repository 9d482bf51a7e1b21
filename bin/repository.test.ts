import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { inProject } from './project-root.mjs'

const read = (file: string) => readFileSync(inProject(file), 'utf8')

const PAGES = [
  ...readdirSync(inProject()).filter((file) => file.endsWith('.md')),
  ...readdirSync(inProject('docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll(path.sep, '/')}`),
]

test('Every environment variable that the service reads is in docs/configuration.md', () => {
  const variables = [...read('lib/platform/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+): variable\(/gm)].map(
    ([, name]) => name!,
  )
  const page = read('docs/configuration.md')
  expect(variables.length).toBeGreaterThan(20)
  expect(variables.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('docs/configuration.md names no variable that the service does not read', () => {
  const source = read('lib/platform/env.ts')
  const named = [...read('docs/configuration.md').matchAll(/^\| (`[A-Z][^|]*) \|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!),
  )
  expect(named.length).toBeGreaterThan(20)
  expect(named.filter((name) => !source.includes(`  ${name}: variable(`))).toEqual([])
})

test('One version: package.json, its lock, and the changelog', () => {
  const lock = JSON.parse(read('package-lock.json'))
  expect(lock.version).toBe(packageJson.version)
  expect(lock.packages[''].version).toBe(packageJson.version)
  expect(/^## \[(\d+\.\d+\.\d+)\]/m.exec(read('CHANGELOG.md'))?.[1]).toBe(packageJson.version)
})

test('The README stays short', () => {
  expect(read('README.md').split('\n').length).toBeLessThanOrEqual(120)
})

test('Every link and picture of the documentation leads to a file and a heading that exist', () => {
  expect(PAGES.length).toBeGreaterThan(20)
  expect(PAGES.flatMap(brokenLinks)).toEqual([])
})

test('A link to a file or a heading that does not exist is found', () => {
  const page =
    'See [a](../LICENSE), [b](nowhere.md), [c](../README.md#nowhere) and <img src="images/none.webp">.'
  expect(linksOf(page).filter((link) => !leadsSomewhere(link, 'docs/console.md'))).toEqual([
    'nowhere.md',
    '../README.md#nowhere',
    'images/none.webp',
  ])
})

test('The index of the documentation names every page', () => {
  const index = read('docs/README.md')
  const guides = PAGES.filter((page) => /^docs\/[a-z-]+\.md$/.test(page)).map((page) => path.basename(page))
  expect(guides.length).toBeGreaterThan(10)
  expect(guides.filter((page) => !index.includes(`(${page})`))).toEqual([])
})

function brokenLinks(page: string): string[] {
  return linksOf(read(page))
    .filter((link) => !leadsSomewhere(link, page))
    .map((link) => `${page}: ${link}`)
}

/** Targets of links and pictures, outside of code blocks. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(
    ([, link, picture]) => (link ?? picture)!,
  )
}

function leadsSomewhere(link: string, page: string): boolean {
  if (/^https?:/.test(link)) return true
  const [file, heading] = link.split('#') as [string, string?]
  const target = file ? path.join(path.dirname(inProject(page)), file) : inProject(page)
  if (!existsSync(target)) return false
  return heading === undefined || headingsOf(readFileSync(target, 'utf8')).includes(heading)
}

/** Headings as GitHub makes anchors of them. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('Every test file of which `npm test` leaves something out is in docs/torture.md, and no other', () => {
  const files = ['e2e', 'lib', 'components', 'app', 'deploy']
    .flatMap((folder) =>
      readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`),
    )
    .filter((file) => /['"]@torture['"]|tags: \[?'torture'|\['torture'\]/.test(read(file)))
    // Engines share one journey, and are one row.
    .map((file) => file.replace(/^(e2e\/engines)\/.*/, '$1'))
  const [, page] = read('docs/torture.md').split('`npm run torture` alone runs\n')
  const rows = page!.split('\n').filter((line) => line.startsWith('| `'))
  const named = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!))
  expect(named.filter((file) => file.startsWith('lib/')).length).toBeGreaterThan(3)
  expect([...new Set(files)].sort()).toEqual(named.sort())
})

test('A test that replaces a module is named so that it has its modules to itself', () => {
  const tests = ['lib', 'components', 'app', 'bin', 'deploy'].flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.test\.tsx?$/.test(file))
      .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`),
  )
  const replacing = tests.filter((file) => /^vi\.(mock|doMock)\(/m.test(read(file)))
  expect(replacing.length).toBeGreaterThan(0)
  expect(replacing.filter((file) => !file.endsWith('.mock.test.ts'))).toEqual([])
})
