import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inProject, projectRoot } from './project-root.mjs'
import { withSetupLock } from './setup-lock.mjs'

const DIRECTORIES = ['app', 'components', 'lib', 'public']
const FILES = ['package-lock.json', 'package.json', 'next.config.mjs', 'tsconfig.json']
const OUTPUT_BYTES_MAX = 64 * 1_048_576
const stamp = inProject('.next', 'built-from')
const NOT_BUILT = /\.(test|conformance)\.tsx?$|(^|\/)testing\//

/**
 * Build the pages unless their sources are unchanged since the last build. Prints one line, and Next's own output only
 * when the build fails; then the process ends.
 */
export async function build(node) {
  if (isBuilt()) return
  await withSetupLock(inProject('.setup'), () => {
    if (isBuilt()) return
    const sources = sourcesHash(projectRoot)
    rmSync(stamp, { force: true })
    console.error('building the pages; the first time this takes a minute or two …')
    const { status, output } = runQuietly(node, [inProject('node_modules/next/dist/bin/next'), 'build'])
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

/** Run a program to its end without showing what it prints; returns that and its exit code, null when it was killed. */
export function runQuietly(program, args) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: OUTPUT_BYTES_MAX,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  return { status, output: [stdout, stderr, error?.message].filter(Boolean).join('\n') }
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
