import { Command } from 'commander'
import { adminCommand } from '#lib/cli/commands/admin.ts'

/**
 * `arraydrop admin …` in a process that stays: one call after the other, each with its own environment and its own
 * connections, without loading the program again. A message comes for each call, and one returns: its standard output or
 * what was wrong.
 */

export interface AdminCall {
  args: string[]
  env: NodeJS.ProcessEnv
}

export type AdminResult = { stdout: string } | { error: string }

let last = Promise.resolve()
process.on('message', (call: AdminCall) => {
  last = last.then(async () => {
    process.send!(await run(call))
  })
})

async function run({ args, env }: AdminCall): Promise<AdminResult> {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  let stdout = ''
  const { stdout: out, stderr: err } = process
  const [writeOut, writeErr] = [out.write, err.write]
  out.write = (chunk) => {
    stdout += chunk
    return true
  }
  // Where the command works is no news to a test.
  err.write = () => true
  try {
    const program = new Command('arraydrop').enablePositionalOptions().addCommand(adminCommand())
    await program.parseAsync(['admin', ...args], { from: 'user' })
    return { stdout }
  } catch (error) {
    return { error: String(error) }
  } finally {
    out.write = writeOut
    err.write = writeErr
  }
}
