import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inProject, projectRoot } from './project-root.mjs'
import { withSetupLock } from './setup-lock.mjs'

const DIRECTORIES = ['app', 'components', 'lib', 'public']
const FILES = ['package-lock.json', 'package.json', 'next.config.mjs', 'tsconfig.json']
const OUTPUT_CHARACTERS_MAX = 1_000_000
const PROGRESS_MS = 5_000
const COMPILED = /Compiled successfully/
/** Of the whole build, as measured: what follows are page data and static pages. */
const COMPILING_SHARE = 0.76
const stamp = inProject('.next', 'built-from')
const NOT_BUILT = /\.(test|conformance)\.tsx?$|(^|\/)testing\//

/**
 * Build the pages unless their sources are unchanged since the last build. Prints how far that is every few seconds, and Next's own
 * output only when the build fails; then the process ends.
 */
export async function build(node) {
  if (isBuilt()) return
  await withSetupLock(inProject('.setup'), async () => {
    if (isBuilt()) return
    const sources = sourcesHash(projectRoot)
    rmSync(stamp, { force: true })
    console.error('building the pages; the first time this takes a minute or two …')
    const { status, output } = await buildTelling(node)
    if (status !== 0) {
      console.error(`${output.trimEnd()}\nThe build failed; see above.`)
      process.exit(status ?? 1)
    }
    console.error('built')
    // As large as the rest of the installation's own files, and of no use until sources change.
    rmSync(inProject('.next', 'cache'), { recursive: true, force: true })
    mkdirSync(inProject('.next'), { recursive: true })
    writeFileSync(stamp, sources)
  })
}

async function buildTelling(node) {
  const started = performance.now()
  const secondsSoFar = () => (performance.now() - started) / 1_000
  let compiledAfter
  const telling = setInterval(() => console.error(progressOf(secondsSoFar(), compiledAfter)), PROGRESS_MS)
  try {
    return await runQuietly(node, [inProject('node_modules/next/dist/bin/next'), 'build'], (output) => {
      if (COMPILED.test(output)) compiledAfter ??= secondsSoFar()
    })
  } finally {
    clearInterval(telling)
  }
}

/** How far a build is after so many seconds; `compiledAfter`: when its longest part was done, from which the rest is estimated. */
export function progressOf(seconds, compiledAfter) {
  if (compiledAfter === undefined) return `  compiling, ${Math.round(seconds)} s so far`
  const left = compiledAfter / COMPILING_SHARE - seconds
  return `  compiled; preparing the pages, about ${Math.max(1, Math.ceil(left))} s left`
}

/**
 * Run a program to its end without showing what it prints, which `look` is given as it grows. Resolves with all of that and the exit
 * code, null when it was killed or could not be started.
 */
export function runQuietly(program, args, look = () => {}) {
  const child = spawn(program, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  let output = ''
  const take = (chunk) => {
    output = (output + chunk).slice(-OUTPUT_CHARACTERS_MAX)
    look(output)
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: null, output: error.message }))
    child.once('close', (status) => resolve({ status, output }))
  })
}

// As a program of its own: `npm test` builds this way.
if (process.argv[1] === fileURLToPath(import.meta.url)) await build(process.execPath)

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash(projectRoot)
}

/** SHA-256 over the names and contents of everything that goes into the build; tests do not. */
export function sourcesHash(root) {
  const hash = createHash('sha256')
  for (const file of [...DIRECTORIES.flatMap((directory) => filesBelow(root, directory)), ...FILES]) {
    const at = path.join(root, file)
    if (existsSync(at)) hash.update(`${file}\0`).update(readFileSync(at)).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(root, directory) {
  if (!existsSync(path.join(root, directory))) return []
  const entries = readdirSync(path.join(root, directory), { withFileTypes: true })
  return entries
    .flatMap((entry) => {
      const file = `${directory}/${entry.name}`
      return entry.isDirectory() ? filesBelow(root, file) : [file]
    })
    .filter((file) => !NOT_BUILT.test(file))
    .sort()
}
