import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Debian's packages that bring the two engines. */
export const FIREFOX_PACKAGES = ['firefox-esr']
export const WEBKIT_PACKAGES = ['webkit2gtk-driver', 'xvfb']

/** Holds a folder per architecture, which holds one per version of WebKitGTK. */
const LIBRARIES = '/usr/lib'

/** The Firefox of FIREFOX_PATH, or the system's extended support release; undefined when there is none. */
export function findFirefox(env = process.env) {
  if (env.FIREFOX_PATH) return isProgram(env.FIREFOX_PATH) ? env.FIREFOX_PATH : undefined
  return findProgram(['firefox-esr'], env)
}

/** WebKitGTK's browser, the program that drives it, and a screen without a monitor; undefined unless all are here. */
export function findWebKit(env = process.env) {
  const driver = findProgram(['WebKitWebDriver'], env)
  const screen = findProgram(['Xvfb'], env)
  const browser = miniBrowsers().sort().at(-1)
  return driver && screen && browser ? { driver, screen, browser } : undefined
}

function miniBrowsers() {
  const versions = foldersIn(LIBRARIES).flatMap((architecture) =>
    foldersIn(architecture).filter((folder) => path.basename(folder).startsWith('webkit2gtk-4.')),
  )
  return versions.map((version) => path.join(version, 'MiniBrowser')).filter(isProgram)
}

function foldersIn(folder) {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name))
  } catch {
    return []
  }
}

/** Path of the first of these programs on PATH; undefined when there is none. */
export function findProgram(names, { PATH = '' } = process.env) {
  const directories = PATH.split(path.delimiter)
  return names
    .flatMap((name) => directories.map((directory) => path.join(directory, name)))
    .find((file) => isProgram(file))
}

export function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Debian's packages that bring a real S3 server. */
export const RGW_PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']

const PROGRAMS = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool']

/** Whether Ceph's programs are on PATH: a real S3 server can be started (start-rgw.mjs). */
export const rgwIsHere = (env = process.env) => PROGRAMS.every((program) => findProgram([program], env))

/** Debian's packages that provide an imputation engine. */
export const BEAGLE_PACKAGES = ['beagle', 'default-jre-headless']

const BEAGLE_FILES = ['/usr/share/beagle/beagle.jar', '/usr/share/beagle/bref3.jar']

/** Debian's packages for the example with FastAPI, which only the torture tests run. */
export const FASTAPI_PACKAGES = ['python3-fastapi', 'python3-uvicorn']

/** Debian's packages that provide the other one. */
export const MINIMAC4_PACKAGES = ['minimac4', 'bio-eagle', 'bcftools']

/** Whether Minimac4, Eagle and what prepares panels for them are installed. */
export const minimac4IsHere = (env = process.env) =>
  ['minimac4', 'bio-eagle', 'bcftools'].every((program) => findProgram([program], env))

/** Whether Beagle and Java are installed. */
export const beagleIsHere = (env = process.env) =>
  Boolean(findProgram(['java'], env)) && BEAGLE_FILES.every(existsSync)
