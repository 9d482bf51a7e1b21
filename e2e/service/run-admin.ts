import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import type { AdminCall, AdminResult } from './admin-process.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** One process for all services of a test worker: to load the program takes several times as long as a call. */
let kept: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/** `arraydrop admin …` on the installation of this environment; the JSON it prints. Rejects with what it complains of. */
export function runAdmin<Answer>(args: string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  const result = last.then(() => call({ args: [...args, '--json'], env }))
  last = result.catch(() => undefined)
  return result.then((stdout) => JSON.parse(stdout))
}

function call(message: AdminCall): Promise<string> {
  const child = adminProcess()
  return new Promise((resolve, reject) => {
    const end = (error?: Error, stdout = '') => {
      child.off('message', onMessage).off('exit', onExit)
      child.channel?.unref()
      if (error) reject(error)
      else resolve(stdout)
    }
    const onMessage = (result: AdminResult) =>
      'error' in result
        ? end(new Error(`arraydrop admin ${message.args[0]}: ${result.error}`))
        : end(undefined, result.stdout)
    const onExit = () => end(new Error(`arraydrop admin ${message.args[0]}: its process has ended`))
    child.on('message', onMessage).on('exit', onExit)
    child.channel?.ref()
    child.send(message)
  })
}

function adminProcess(): ChildProcess {
  if (kept?.connected) return kept
  kept = fork(path.join(root, 'e2e/service/admin-process.ts'), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  // It ends with this process, and must not keep it.
  kept.unref()
  kept.channel?.unref()
  return kept
}
