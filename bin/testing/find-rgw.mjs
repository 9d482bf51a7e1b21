import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { runLeashed } from './run-leashed.mjs'

const PROGRAMS = ['radosgw', 'radosgw-admin', 'ceph', 'ceph-mon', 'ceph-osd', 'monmaptool']
const PACKAGES = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']
const PACKAGE_MS_MAX = 300_000

/** Whether Ceph's programs are on PATH: a real S3 server can be started (start-rgw.mjs). */
export const rgwIsHere = ({ PATH = '' } = process.env) =>
  PROGRAMS.every((program) => PATH.split(path.delimiter).some((directory) => runs(directory, program)))

/** The same, after installing the distribution's packages where they are missing and this is root on Debian. */
export async function findRgw(env, say) {
  if (rgwIsHere(env)) return true
  if (process.getuid?.() !== 0) return false
  say('installing an S3 server for the tests (radosgw) …')
  const apt = (...args) =>
    runLeashed({
      label: 'radosgw',
      command: ['apt-get', ...args],
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      limitMs: PACKAGE_MS_MAX,
    })
  const wait = ['-q', '-o', 'DPkg::Lock::Timeout=120']
  await apt('update', ...wait)
  await apt('install', ...wait, '-y', '--no-install-recommends', ...PACKAGES)
  return rgwIsHere(env)
}

function runs(directory, program) {
  try {
    accessSync(path.join(directory, program), constants.X_OK)
    return true
  } catch {
    return false
  }
}
