import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inProject } from './project-root.mjs'
import { identityOf } from './setup-lock.mjs'

const NOTE = /^running-(\d+)\.json$/

/**
 * Notes that this process becomes a service with these settings, so that commands of this clone can tell which data
 * it uses. A clone that cannot be written to has no notes.
 */
export function noteService(environment = process.env, directory = inProject('.setup')) {
  try {
    mkdirSync(directory, { recursive: true })
    const note = { process: identityOf(process.pid), ...placeOf(environment) }
    writeFileSync(path.join(directory, `running-${process.pid}.json`), JSON.stringify(note))
  } catch {
    // Commands then work as if no service ran.
  }
}

/**
 * Where a service of this clone keeps its data, when one runs and none of those that run use the data that a command
 * with this environment would work on. Undefined when the environment says which data is meant.
 */
export function dataElsewhere(environment = process.env, directory = inProject('.setup')) {
  if (environment.DATA_DIR || environment.DATABASE_URL) return undefined
  const running = runningServices(directory)
  const own = placeOf(environment).data
  return running.some(({ data }) => data === own) ? undefined : running[0]?.data
}

/** Whether a service runs from this clone. */
export const isServiceRunning = (directory = inProject('.setup')) => runningServices(directory).length > 0

/** Only whether a database server is used: its address can hold a password. */
const placeOf = ({ DATA_DIR, DATABASE_URL }) => {
  const usual = process.getuid?.() === 0 ? '/var/lib/arraydrop' : 'data'
  return { data: DATABASE_URL ? 'DATABASE_URL' : path.resolve(inProject(), DATA_DIR || usual) }
}

function runningServices(directory) {
  return notesIn(directory).flatMap((name) => {
    const file = path.join(directory, name)
    try {
      const { process: identity, data } = JSON.parse(readFileSync(file, 'utf8'))
      if (identity && identityOf(NOTE.exec(name)[1]) === identity) return [{ data }]
      rmSync(file, { force: true })
    } catch {
      // Another command removed it.
    }
    return []
  })
}

function notesIn(directory) {
  try {
    return readdirSync(directory).filter((name) => NOTE.test(name))
  } catch {
    return []
  }
}
