import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const map = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8')
const tree = map.split('```')[1]!

/** Folders named in the map's tree, with their whole paths: two blanks a level, several on a line are siblings. */
function foldersOfMap(): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const indent = line.search(/\S/)
    const names = /^\s*((?:[\w.-]+\/\s+)+)/.exec(`${line} `)?.[1]?.trim().split(/\s+/)
    if (!names) return []
    above.length = indent / 2
    const folders = names.map((name) => [...above, name.slice(0, -1)].join('/'))
    above.push(names.at(-1)!.slice(0, -1))
    return folders
  })
}

/** Folders that hold a route's path or one screen's parts need no line of their own. */
const UNNAMED =
  /^app\/api\/(upload|v2|auth|files|health|test)\/|^app\/[a-z-]+\/.|^(bench|clients|deploy)\/.|^docs\/examples|\[/

function foldersOfTree(): string[] {
  return ['bin', 'app', 'components', 'lib', 'e2e', 'clients', 'deploy', 'bench', 'docs'].flatMap((top) => [
    top,
    ...readdirSync(path.join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')),
  ])
}

test('the map names every folder, and no folder that is not there', () => {
  const named = foldersOfMap()
  const there = foldersOfTree()
  expect(named.length).toBeGreaterThan(30)
  expect(there.filter((folder) => !UNNAMED.test(folder) && !named.includes(folder))).toEqual([])
  expect(named.filter((folder) => !there.includes(folder))).toEqual([])
})

test('every file and folder that the map names in its text is there', () => {
  const named = [...map.matchAll(/`((?:[\w.-]+\/)*[\w-]+\.(?:tsx?|mjs|md|yaml)|(?:[\w-]+\/){2,})`/g)].map(
    ([, name]) => name!,
  )
  const missing = named.filter((name) => !['', 'lib'].some((top) => existsSync(path.join(root, top, name))))
  expect(named.length).toBeGreaterThan(60)
  // What every slice may have, and files of a language or a page, have no one place.
  const kinds = ['wire.ts', 'page.ts', 'reasons.ts', 'recognised.ts']
  expect(missing.filter((name) => !kinds.includes(name))).toEqual([])
})

test('every advisory lock has a number of its own', () => {
  const files = readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' })
  const numbers = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(path.join(root, 'lib', file), 'utf8').matchAll(
        /^(?:export )?const \w+ = (48_6\d\d)$/gm,
      ),
    ])
    .map(([, number]) => number)
  expect(numbers.length).toBeGreaterThan(4)
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('every source file that the guides and decisions name is there', () => {
  const pages = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((page) => page.endsWith('.md'))
    .map((page) => `docs/${page}`)
  const files = ['bin', 'app', 'components', 'lib', 'e2e', 'deploy', 'bench', 'docs'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' }).map(
      (file) => `/${top}/${file.replaceAll(path.sep, '/')}`,
    ),
  )
  const missing = [...pages, 'CONTRIBUTING.md'].flatMap((page) =>
    [...readFileSync(path.join(root, page), 'utf8').matchAll(/`((?:[\w.-]+\/)*[\w.-]+\.(?:tsx?|mjs))`/g)]
      .map(([, name]) => name!)
      .filter((name) => !name.startsWith('.') && !files.some((file) => file.endsWith(`/${name}`)))
      .map((name) => `${page}: ${name}`),
  )
  // Named as what is deliberately not there, and what readers make.
  expect(missing.filter((name) => !/: ((index|proxy)\.ts|receiver\.mjs)$/.test(name))).toEqual([])
})
