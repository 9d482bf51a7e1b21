import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { bundledNodePackage } from './bundled-node.mjs'
import { explainInstallFailure } from './explain-install-failure.mjs'
import { inProject, projectRoot } from './project-root.mjs'
import { isServiceRunning } from './running-services.mjs'
import { withSetupLock } from './setup-lock.mjs'

const PROGRESS_MS = 5_000
const OUTPUT_CHARACTERS_MAX = 200_000
/** Next scales pictures with it, which next.config.mjs switches off. */
const NOT_LOADED = ['sharp']
const FOR_DEVELOPERS = /(?:\.d\.[cm]?ts|^(?!.*(?:licen[cs]e|copying|notice)).*\.md)$/i

/**
 * Install the dependencies if needed, and print how far that is every few seconds: those that building and running need,
 * or with `development` those of the tests as well. When it fails, the process prints why, and ends with npm's exit code.
 * Prints to stderr only.
 */
export async function install({ development }) {
  if (isInstalled(projectRoot, { development })) return
  await withSetupLock(inProject('.setup'), async () => {
    if (isInstalled(projectRoot, { development })) return
    const why = whyInstall(projectRoot, { development })
    console.error(`installing packages: ${why.text} …`)
    const aside = makeFolderAside()
    const started = performance.now()
    const telling = setInterval(() => {
      const line = progressOf(aside, (performance.now() - started) / 1_000, { development })
      if (line) console.error(line)
    }, PROGRESS_MS)
    const { status, output } = await runNpmCi(aside, { development })
    clearInterval(telling)
    if (status === 0) {
      removeUnused(aside, { development })
      try {
        replacePackages(projectRoot, aside)
        return sayInstalled((performance.now() - started) / 1_000, why)
      } catch ({ code }) {
        console.error(
          `The folder node_modules cannot be replaced (${code}): stop what runs from ${projectRoot}, or remove the folder, then start again.`,
        )
        process.exit(1)
      }
    }
    rmSync(aside, { recursive: true, force: true })
    console.error(explainInstallFailure(output, projectRoot))
    process.exit(status ?? 1)
  })
}

function sayInstalled(seconds, { replaces }) {
  console.error(`installed in ${Math.ceil(seconds)} s`)
  if (replaces && isServiceRunning()) {
    console.error('The service that runs from this clone was started with other packages: restart it.')
  }
}

/** Why an install is needed, in words, and whether it replaces packages by other versions: most likely another release was checked out. */
export function whyInstall(root, { development }) {
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'))
  if (!present) return { text: 'there are none in this clone yet', replaces: false }
  const missing = missingPackages(root, present, { development })
  const names = missing.map((where) => where.replace(/^.*node_modules\//, ''))
  const others = names.length > 1 ? ` and ${names.length - 1} more` : ''
  return {
    text: `those in node_modules are not all that are needed now (${names[0]}${others})`,
    replaces: missing.some((where) => present[where]),
  }
}

/** A folder that npm can install in: a service that runs from this clone keeps its packages meanwhile. */
function makeFolderAside() {
  const aside = inProject('.setup', 'install')
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    if (existsSync(inProject(file))) copyFileSync(inProject(file), path.join(aside, file))
  }
  return aside
}

/**
 * Put the packages of one folder in the place of those of another, which are gone then, and so is the folder. What runs on
 * packages of the same versions finds them where they were.
 */
export function replacePackages(root, aside) {
  const [place, made] = [path.join(root, 'node_modules'), path.join(aside, 'node_modules')]
  if (existsSync(place)) renameSync(place, path.join(aside, 'replaced'))
  renameSync(made, place)
  rmSync(aside, { recursive: true, force: true })
}

/**
 * Remove what neither running, building nor testing reads: source maps, and the headers that come with Node for compiling
 * native code. Without `development` also what only developers read: types and manuals (licences stay), and packages that
 * npm installs because another one could use them.
 */
export function removeUnused(root, { development }) {
  const packages = path.join(root, 'node_modules')
  rmSync(path.join(packages, bundledNodePackage(), 'include'), { recursive: true, force: true })
  if (!development) {
    const all = packagesOf(path.join(root, 'package-lock.json'))
    const needed = neededToRun(all)
    for (const where of Object.keys(all))
      if (!needed.has(where)) rmSync(path.join(root, where), { recursive: true, force: true })
  }
  for (const entry of readdirSync(packages, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name)
    if (!entry.isFile() || isOfBuild(path.relative(root, file))) continue
    if (entry.name.endsWith('.map') || (!development && FOR_DEVELOPERS.test(entry.name))) rmSync(file)
  }
}

/** Next refuses to build without these types, though it does not read them. */
const isOfBuild = (file) => file.split(path.sep).join('/').startsWith('node_modules/@types/')

/** Where the lock file puts what the project's own dependencies require, at any depth. */
function neededToRun(packages) {
  const needed = new Set()
  const visit = (where) => {
    if (needed.has(where)) return
    needed.add(where)
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[where]
    const required = Object.keys(peerDependencies ?? {}).filter(
      (name) => !peerDependenciesMeta?.[name]?.optional,
    )
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...required]) {
      const found = NOT_LOADED.includes(name) ? undefined : resolvePackage(packages, where, name)
      if (found !== undefined) visit(found)
    }
  }
  visit('')
  return needed
}

/** Where Node finds a package that another one requires; undefined for one of another platform. */
function resolvePackage(packages, where, name) {
  for (let base = where; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const candidate = `${base === '' ? '' : `${base}/`}node_modules/${name}`
    if (packages[candidate]) return candidate
    if (base === '') return undefined
  }
}

/** How many packages are there after so many seconds, and how long the others will take; undefined before the first. */
export function progressOf(root, seconds, { development }) {
  const wanted = Object.entries(packagesOf(path.join(root, 'package-lock.json')) ?? {})
  const needed = wanted.filter(([where, entry]) => isWanted(where, entry, development) && !entry.optional)
  const there = needed.filter(([where]) => existsSync(path.join(root, where, 'package.json'))).length
  if (there === 0) return undefined
  const left = Math.ceil((seconds * (needed.length - there)) / there)
  // npm then still checks and links them.
  const rest = left > 0 ? `, about ${left} s left` : '; finishing'
  return `  ${there} of ${needed.length} packages${rest}`
}

/**
 * True when node_modules holds what the lock file says, with `development` the packages of the tests as well. npm writes its
 * hidden lock file last, so an interrupted install never looks complete, and an install that a developer made counts.
 */
export function isInstalled(root, { development }) {
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'))
  const wanted = packagesOf(path.join(root, 'package-lock.json'))
  return Boolean(present && wanted) && missingPackages(root, present, { development }).length === 0
}

/** Where the lock file has packages that are missing, or there in another version. */
function missingPackages(root, present, { development }) {
  const node = `node_modules/${bundledNodePackage()}`
  const isThere = (where, { version, optional }) => {
    if (where === node && !existsSync(path.join(root, node))) return false
    // npm skips optional packages of other platforms, by its own rules.
    return present[where] ? present[where].version === version : optional
  }
  return Object.entries(packagesOf(path.join(root, 'package-lock.json')) ?? {})
    .filter(([where, entry]) => isWanted(where, entry, development) && !isThere(where, entry))
    .map(([where]) => where)
}

/** Whether an entry of the lock file is a package, and not one for tests alone where none run. */
const isWanted = (where, { link, dev }, development) => where !== '' && !link && (development || !dev)

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

/** Resolves with npm's exit code, null when it was killed or could not be started, and with what it printed. */
function runNpmCi(folder, { development }) {
  const started = process.env.npm_execpath
  const npm = path.basename(started ?? '') === 'npm-cli.js' ? [process.execPath, started] : ['npm']
  const include = [development ? '--include=dev' : '--omit=dev', '--include=optional', '--ignore-scripts']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const child = spawn(npm[0], [...npm.slice(1), 'ci', ...include, ...quiet], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && npm[0] === 'npm',
    env: { ...process.env, NODE_ENV: '' },
  })
  let output = ''
  const take = (chunk) => {
    output = (output + chunk).slice(-OUTPUT_CHARACTERS_MAX)
  }
  child.stdout.setEncoding('utf8').on('data', take)
  child.stderr.setEncoding('utf8').on('data', take)
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: null, output: error.message }))
    child.once('close', (status) => resolve({ status, output }))
  })
}
