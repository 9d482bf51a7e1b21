import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Replace this process by another program, where the system allows it. Elsewhere this process waits, forwards signals
 * and exits with the same code; when it is killed, the other program sees its channel close and stops.
 */
export function replaceProcess(program, args, environment) {
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
