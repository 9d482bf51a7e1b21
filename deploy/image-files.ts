import { cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const NEVER_READ = ['node_modules', '.git', '.next', '.setup', 'data']
const CODE = /\.(?:[mc]?[jt]s|tsx)$/
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'((?:\.{1,2}|#lib|#components)\/[^']+)'/g
const BESIDE = /new URL\(\s*'(\.{1,2}\/[^']+)',\s*import\.meta\.url/g

export const readIgnoreFile = (): string => read('deploy/Containerfile.dockerignore')

/** Files of the clone that the ignore file lets into the image's build, by Docker's rules: the last pattern that matches wins. */
export function filesForImage(ignoreFile: string): string[] {
  const patterns = ignoreFile.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const kept = (file: string) => {
    const last = patterns.findLast((pattern) => matches(pattern.replace(/^!/, ''), file))
    return last?.startsWith('!') ?? true
  }
  return filesBelow('').filter(kept)
}

/** Imports by these files of files that are not among them, as `importer: imported`. */
export function importsFromOutside(files: string[]): string[] {
  const here = new Set(files)
  return files
    .filter((file) => CODE.test(file) && !file.startsWith('public/'))
    .flatMap((file) => {
      const source = read(file)
      const names = [...source.matchAll(IMPORT), ...source.matchAll(BESIDE)].map(([, name]) => name!)
      return names
        .map((name) => (name.startsWith('#') ? name.slice(1) : path.posix.join(path.dirname(file), name)))
        .filter((target) => !here.has(target))
        .map((target) => `${file}: ${target}`)
    })
}

/** Paths that the Containerfile copies from the clone, not from another stage. */
export function copiedPaths(): string[] {
  const lines = read('deploy/Containerfile').match(/^COPY (?!--from).+$/gm) ?? []
  return lines.flatMap((line) => line.split(/\s+/).slice(1, -1)).filter((from) => from !== '.')
}

export function copyTo(folder: string, files: string[]): void {
  for (const file of files) cpSync(path.join(ROOT, file), path.join(folder, file))
}

/** Docker's `*` matches names that begin with a dot, too. */
function matches(pattern: string, file: string): boolean {
  if (pattern === '*') return true
  const parts = file.split('/')
  return parts.some((_, n) => path.posix.matchesGlob(parts.slice(0, n + 1).join('/'), pattern))
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(path.join(ROOT, folder), { withFileTypes: true })
  return entries.flatMap((entry) => {
    if (NEVER_READ.includes(entry.name)) return []
    const file = folder ? `${folder}/${entry.name}` : entry.name
    return entry.isDirectory() ? filesBelow(file) : [file]
  })
}

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
