import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

function sources(): string[] {
  return ['lib', 'components'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => `${top}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !/(\.(test|conformance)|-for-tests)\.tsx?$/.test(file)),
  )
}

/** Names of the functions that a file exports, declared or assigned. */
const namesOf = (text: string): string[] =>
  [
    ...text.matchAll(
      /^export (?:async )?function\*? ?(\w+)|^export const (\w+)(?::[^=\n]+)?\s*=\s*(?:async )?(?:<[^>]+>)?\(/gm,
    ),
  ].map(([, declared, assigned]) => (declared ?? assigned)!)

/** Names with the files that export a function of this name, where there are several. */
function sharedNames(files: ReadonlyMap<string, string>): Record<string, string[]> {
  const exporters: Record<string, string[]> = {}
  for (const [file, text] of files) {
    for (const name of namesOf(text)) exporters[name] = [...(exporters[name] ?? []), file]
  }
  return Object.fromEntries(Object.entries(exporters).filter(([, exporting]) => exporting.length > 1))
}

describe('names of exported functions', () => {
  test('are unique in lib and components', () => {
    const files = sources()
    expect(files.length).toBeGreaterThan(100)
    expect(
      sharedNames(new Map(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]))),
    ).toEqual({})
  })

  test('bite: one name in two files is found, however the function is written', () => {
    const files = new Map([
      ['a.ts', 'export async function assign(x: number) {}'],
      ['b.ts', 'export const assign =\n  async <T>(x: T) => x'],
      ['c.ts', 'export const other: Verb = (x) => x\nconst assign = () => {}\nexport const LIST = [1]'],
    ])
    expect(sharedNames(files)).toEqual({ assign: ['a.ts', 'b.ts'] })
  })
})
