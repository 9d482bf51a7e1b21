import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '..')
const COMPILER = path.join(ROOT, 'node_modules/typescript/bin/tsc')

/** A word more in a closed list: where it is added, behind what, and every file that must then decide something. */
interface Addition {
  word: string
  file: string
  behind: string
  text: string
  decides: readonly string[]
}

const LANGUAGES = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pt-br', 'zh-hans']
const inEveryLanguage = (file: string) =>
  LANGUAGES.map((language) => `components/upload/words/${language}/${file}`)

const ADDITIONS: readonly Addition[] = [
  {
    word: 'genovia',
    file: 'lib/genotype/vendors.ts',
    behind: 'export const VENDOR_FACTS = {',
    text: "genovia: { name: 'Genovia', fileName: 'genovia.zip', downloadUrl: 'https://genovia.example/' },",
    decides: [
      ...inEveryLanguage('page.ts'),
      'lib/genotype/fixtures/draw-ids.ts',
      'lib/genotype/fixtures/export-headers.ts',
      'lib/genotype/fixtures/export-rows.ts',
      'lib/genotype/fixtures/synthesize-export.ts',
      'lib/genotype/formats/vendor-formats.ts',
      'lib/genotype/recognise-chip.ts',
      // The detail that names its unpacked text.
      'lib/genotype/vendors.ts',
      // The column, by way of what is written to it.
      'lib/sessions/upload/uploads-table.ts',
    ],
  },
  {
    word: 'on hold',
    file: 'lib/samples/sample.ts',
    behind: 'export const SAMPLE_STATUSES = [',
    text: "'on hold',",
    decides: [
      'components/console/kit/status-badge.tsx',
      'lib/samples/sample-filter.ts',
      'lib/samples/sample.ts',
      // The column, by way of what is looked for in it.
      'lib/samples/samples-table.ts',
    ],
  },
  {
    word: 'odd_finding',
    file: 'lib/genotype/reason.ts',
    behind: 'export const DETAILS = [',
    text: "'odd_finding',",
    decides: ['lib/genotype/reason-details.ts', ...inEveryLanguage('recognised.ts')],
  },
]

let copy: string
let errors: { file: string; message: string }[]

beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), 'closed-lists-'))
  for (const name of ['lib', 'components', 'app', 'bin', 'package.json', 'tsconfig.json']) {
    // Tests decide nothing, and without them the compiler is done sooner.
    cpSync(path.join(ROOT, name), path.join(copy, name), {
      recursive: true,
      filter: (from) => !/\.test\.tsx?$/.test(from),
    })
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction')
  writeFileSync(path.join(copy, 'next-env.d.ts'), '/// <reference types="next" />\n')
  for (const { file, behind, text } of ADDITIONS) {
    const source = readFileSync(path.join(copy, file), 'utf8')
    expect(source.split(behind), file).toHaveLength(2)
    writeFileSync(path.join(copy, file), source.replace(behind, `${behind}\n  ${text}`))
  }
  const compiled = spawnSync(
    process.execPath,
    // In several threads each checks shared types for itself, which doubles the work.
    [COMPILER, '-p', copy, '--singleThreaded', '--pretty', 'false', '--incremental', 'false'],
    { cwd: copy, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  errors = errorsIn(compiled.stdout)
  expect(compiled.status, compiled.stdout + compiled.stderr).not.toBe(0)
}, 1_800_000)
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** One error per line, with the indented lines below it that say why. */
function errorsIn(output: string): { file: string; message: string }[] {
  return output
    .split(/\n(?=\S)/)
    .map((message) => ({ message, file: /^(.+?)\(\d+,\d+\): error TS\d+:/.exec(message)?.[1] }))
    .flatMap(({ message, file }) => (file ? [{ message, file: file.replaceAll('\\', '/') }] : []))
}

test.each(ADDITIONS)(
  '"$word" more in $file does not compile at any place that must decide',
  ({ word, decides }) => {
    const found = errors.filter(({ message }) => message.includes(word)).map(({ file }) => file)
    expect([...new Set(found)].sort()).toEqual([...decides].sort())
  },
)

test('the copy is sound but for what was added and what follows from it in the same files', () => {
  const decide = new Set(ADDITIONS.flatMap(({ decides }) => decides))
  expect(errors.filter(({ file }) => !decide.has(file))).toEqual([])
})
