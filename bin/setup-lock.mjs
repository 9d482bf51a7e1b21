import { spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const PAUSE_MS = 200
const RELEASED = 'released'

/**
 * Run `act` while no other process of this clone installs or builds. A lock whose owner died is taken over at once.
 * Each acquisition is a file with the next number, made by link(2); only the newest counts, and the newest is never
 * removed, so two processes that find the same dead owner cannot both take over.
 */
export async function withSetupLock(directory, act) {
  const release = await take(directory)
  try {
    return await act()
  } finally {
    release()
  }
}

async function take(directory) {
  mkdirSync(directory, { recursive: true })
  const draft = path.join(directory, `draft-${process.pid}`)
  writeFileSync(draft, identityOf(process.pid))
  try {
    for (let told = false; ; ) {
      const newest = newestTaking(directory)
      if (newest && isHeld(directory, newest)) {
        if (!told) console.error('another process is installing or building; waiting for it …')
        told = true
        await delay(PAUSE_MS)
      } else if (takeNumber(directory, draft, newest + 1)) {
        sweepOlder(directory, newest + 1)
        return () => markReleased(directory, newest + 1)
      }
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

const taking = (directory, number) => path.join(directory, `lock-${number}`)

function numbers(directory) {
  const found = readdirSync(directory).map((name) => Number(/^lock-(\d+)$/.exec(name)?.[1] ?? 0))
  return found.filter(Boolean)
}

const newestTaking = (directory) => Math.max(0, ...numbers(directory))

function takeNumber(directory, draft, number) {
  try {
    linkSync(draft, taking(directory, number))
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
  // The number may be free only because a later owner removed it.
  if (newestTaking(directory) === number) return true
  rmSync(taking(directory, number), { force: true })
  return false
}

function isHeld(directory, number) {
  try {
    const owner = readFileSync(taking(directory, number), 'utf8')
    return owner !== RELEASED && identityOf(owner.split(' ')[0]) === owner
  } catch {
    return false // swept by a later owner
  }
}

function sweepOlder(directory, number) {
  for (const older of numbers(directory)) {
    if (older < number) rmSync(taking(directory, older), { force: true })
  }
}

function markReleased(directory, number) {
  const note = path.join(directory, `released-${process.pid}`)
  writeFileSync(note, RELEASED)
  renameSync(note, taking(directory, number))
}

/** Process id and start time, because ids are reused after a reboot. Undefined for a process that is gone. */
export function identityOf(pid) {
  const started = startOf(pid)
  return started && `${pid} ${started}`
}

function startOf(pid) {
  if (process.platform === 'win32') return isAlive(pid) && 'alive'
  if (existsSync('/proc/self/stat')) {
    try {
      // After the name in brackets: the state first, the time of start as the twentieth.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
      return fields[0] !== 'Z' && fields[19]
    } catch {
      return undefined
    }
  }
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim()
}

function isAlive(pid) {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}
