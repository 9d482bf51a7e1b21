import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Go on as another program: nothing of this process stays behind where the system allows it. Elsewhere this process
 * waits, passes signals on and ends with the same code; when it is killed, the other sees its channel close and stops.
 */
export function become(program, args, environment) {
  if (process.execve && process.platform !== 'win32') {
    process.removeAllListeners('warning') // execve is new enough to be announced as experimental
    process.on('warning', () => {})
    process.execve(program, [program, ...args], definedOnly(environment))
  }
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: environment })
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code))
}

const definedOnly = (environment) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined))
