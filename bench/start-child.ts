import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'

/** A program of this directory in a process of its own. */
export interface Child {
  pid: number
  process: ChildProcess
  /** Ends it; resolves once it is gone. */
  stop(): Promise<void>
}

/** Start a program and wait for its first message. Rejects when it ends before it has said anything. */
export async function startChild<Message>(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Child & { first: Message }> {
  const child = fork(path.join(import.meta.dirname, program), args, { env })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const first = await new Promise<Message>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message))
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)))
  })
  return {
    pid: child.pid!,
    process: child,
    first,
    async stop() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}
