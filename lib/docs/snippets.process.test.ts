import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'acorn'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { adminCommand } from '#lib/cli/commands/admin.ts'
import { completionCommand } from '#lib/cli/commands/completion.ts'
import { PARTNER_COMMANDS } from '#lib/cli/run-cli.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const PAGES = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...['README.md', 'cli/README.md', 'python/README.md', 'typescript/README.md'].map(
    (name) => `clients/${name}`,
  ),
]

interface Snippet {
  at: string
  language: string
  text: string
}

const snippets: Snippet[] = PAGES.flatMap((file) =>
  [...read(file).matchAll(/^```([a-z]+)[^\n]*\n(.*?)^```$/gms)].map(([, language, text], index) => ({
    at: `${file}, ${index + 1}`,
    language: language!,
    text: text!,
  })),
)
const snippetsIn = (...languages: string[]) => snippets.filter(({ language }) => languages.includes(language))

/** What proves the snippets of a language; one without a proof does not pass. */
const PROVED_ELSEWHERE: Record<string, RegExp> = {
  // Compiled by lib/typed-client.compile.test.ts.
  tsx: /^docs\/embedding\.md/,
  ts: /^clients\/typescript\/README\.md/,
  // A diagram, and what other programs read.
  mermaid: /^README\.md/,
  csv: /^docs\/fastq\.md/,
  ini: /^docs\/operations\.md/,
  yaml: /^docs\/virtual-machine\.md/,
  sql: /^docs\/operations\.md/,
  // Not run: there is no tool for it here.
  dart: /^docs\/embedding\.md/,
}
const PROVED_HERE = ['sh', 'bash', 'js', 'html', 'json', 'python', 'swift', 'kotlin']

test('every snippet of every page is in a language that a test reads, or that is listed here', () => {
  expect(snippets.length).toBeGreaterThan(30)
  const unproved = snippets.filter(
    ({ at, language }) => !PROVED_HERE.includes(language) && !PROVED_ELSEWHERE[language]?.test(at),
  )
  expect(unproved.map(({ at, language }) => `${at}: ${language}`)).toEqual([])
})

test('the shell reads every command, and the program every snippet of JavaScript, HTML, JSON and Python', () => {
  for (const { at, text } of snippetsIn('sh', 'bash')) {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
    expect({ status, stderr }, at).toEqual({ status: 0, stderr: '' })
  }
  for (const { at, text } of snippetsIn('js')) {
    expect(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }).body.length, at).toBeGreaterThan(0)
  }
  for (const { at, text } of snippetsIn('html')) {
    expect(text, at).toMatch(/<\w+/)
    for (const [, script = ''] of text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)) {
      parse(script, { ecmaVersion: 'latest', sourceType: 'module' })
    }
  }
  for (const { at, text } of snippetsIn('json')) expect(() => JSON.parse(text), at).not.toThrow()
  for (const { at, text } of snippetsIn('python')) {
    const { status, stderr } = spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], {
      input: text,
      encoding: 'utf8',
    })
    expect({ status, stderr }, at).toEqual({ status: 0, stderr: '' })
  }
})

const commands = new Map<string, Command>()
for (const load of [
  ...Object.values(PARTNER_COMMANDS),
  async () => [adminCommand()],
  async () => [completionCommand()],
]) {
  for (const command of await load()) commands.set(command.name(), command)
}

/** The words of each `arraydrop …` in a text of shell, without what stands behind a pipe or a redirection. */
function callsIn(text: string): string[][] {
  const lines = text.replaceAll('\\\n', ' ').split('\n')
  return lines.flatMap((line) =>
    [...line.matchAll(/(?:^\s*|\bnpx )arraydrop ((?:'[^']*'|"[^"]*"|[^|;&>)#])*)/g)].map(([, words]) =>
      [...words!.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word),
    ),
  )
}

/** The first word of a call that the command line does not know; undefined when it knows all of them. */
function unknownIn([name = '', ...words]: string[]): string | undefined {
  if (name.startsWith('-')) return undefined
  let command = commands.get(name)
  if (!command) return name
  let open = true
  for (const word of words) {
    // What stands there is another program's to say.
    if (word.startsWith('"$')) return undefined
    const [flag = ''] = word.split('=', 1)
    if (word.startsWith('-')) {
      if (word === '--help' || word === '-h') continue
      if (!command.options.some(({ long, short }) => long === flag || short === flag)) return word
    } else if (open && command.commands.length > 0) {
      const below: Command | undefined = command.commands.find((each) => each.name() === word)
      if (!below) return word
      command = below
    } else open = false
  }
  return undefined
}

test('every command and option of ours that a page shows is one that the command line has', () => {
  const calls = snippetsIn('sh', 'bash').flatMap(({ at, text }) =>
    callsIn(text).map((words) => ({ at, words })),
  )
  expect(calls.length).toBeGreaterThan(15)
  const unknown = calls.flatMap(({ at, words }) => {
    const word = unknownIn(words)
    return word === undefined ? [] : [`${at}: arraydrop ${words.join(' ')}: ${word}`]
  })
  expect(unknown).toEqual([])
  expect(unknownIn(['projects', 'create', 'Clinic', '--tests'])).toBe('--tests')
  expect(unknownIn(['projects', 'make'])).toBe('make')
})

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')

test('the sample apps contain the recipes for iOS and Android word for word', () => {
  const sources = (folder: string, extension: string) =>
    readdirSync(path.join(ROOT, 'examples', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(extension))
      .map((name) => linesOf(read(path.join('examples', folder, name))))
  const apps = { swift: sources('ios', '.swift'), kotlin: sources('android', '.kt') }
  for (const language of ['swift', 'kotlin'] as const) {
    const recipes = snippetsIn(language)
    expect(recipes).toHaveLength(2)
    for (const { at, text } of recipes) {
      expect(apps[language].filter((source) => source.includes(linesOf(text))).length, at).toBe(1)
    }
  }
})

test('the sample apps ask the backends beside them for a link', () => {
  for (const file of [
    'express/server.ts',
    'fastapi/main.py',
    'ios/Clinic/Backend.swift',
    'android/app/src/main/java/example/clinic/dna/MainActivity.kt',
  ]) {
    expect(read(`examples/${file}`), file).toMatch(/\bupload-links\b/)
  }
})

/** Faults of the language itself: names of Android are unknown without its SDK. */
function kotlinFaults(sources: Record<string, string>): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'arraydrop-kotlin-'))
  try {
    const files = Object.entries(sources).map(([name, text]) => {
      writeFileSync(path.join(folder, name), text)
      return path.join(folder, name)
    })
    const out = path.join(folder, 'out')
    const { stdout, stderr } = spawnSync('kotlinc', [...files, '-d', out], { encoding: 'utf8' })
    const said = `${stdout}\n${stderr}`.split('\n').filter((line) => line.includes(': error: '))
    expect(said.length).toBeGreaterThan(0)
    return said.filter((line) => /: error: (expecting|unexpected|unclosed)/i.test(line))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// Two compilations of ten CPU-seconds.
if (process.env.ARRAYDROP_TORTURE === '1') {
  const kotlincIsHere = spawnSync('kotlinc', ['-version']).error === undefined
  if (!kotlincIsHere) test.skip('reading the sample app for Android: no kotlinc here')
  else {
    test('a compiler of Kotlin reads the sample app for Android', { timeout: 300_000 }, () => {
      const folder = 'examples/android/app/src/main/java/example/clinic/dna'
      const names = ['MainActivity.kt', 'UploadActivity.kt'] as const
      const sources = Object.fromEntries(names.map((name) => [name, read(`${folder}/${name}`)]))
      expect(kotlinFaults(sources)).toEqual([])
      const damaged = { 'Damaged.kt': sources['UploadActivity.kt']!.replace('= false', '= = false') }
      expect(kotlinFaults(damaged)).not.toEqual([])
    })
  }
}
