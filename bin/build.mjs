import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inProject, projectRoot } from './project-root.mjs'
import { withSetupLock } from './setup-lock.mjs'

const DIRECTORIES = ['app', 'components', 'lib', 'public']
const FILES = ['package-lock.json', 'package.json', 'next.config.mjs', 'tsconfig.json']
const stamp = inProject('.next', 'built-from')
const NOT_BUILT = /\.(test|conformance)\.tsx?$|(^|\/)testing\//

/** Build the pages unless what they are made of is unchanged since the last build. Ends the process when that fails. */
export async function build(node) {
  if (isBuilt()) return
  await withSetupLock(inProject('.setup'), () => {
    if (isBuilt()) return
    const sources = sourcesHash(projectRoot)
    rmSync(stamp, { force: true })
    console.error('building …')
    const { status } = spawnSync(node, [inProject('node_modules/next/dist/bin/next'), 'build'], {
      cwd: projectRoot,
      stdio: ['ignore', 2, 2],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    })
    if (status !== 0) {
      console.error('The build failed; see above.')
      process.exit(status ?? 1)
    }
    mkdirSync(inProject('.next'), { recursive: true })
    writeFileSync(stamp, sources)
  })
}

function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash(projectRoot)
}

/** SHA-256 over names and contents of all that goes into the build; tests do not. */
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
