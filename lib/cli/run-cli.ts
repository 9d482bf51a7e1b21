import http from 'node:http'
import { Command, CommanderError } from 'commander'
import { proxyVariables } from '#lib/platform/env.ts'
import { EXIT_CODES_HELP, exitCodeOf, explainFailure, failureAsJson, misused } from './failure.ts'
import { refuseProxy } from './refuse-proxy.ts'
import { useProfile } from './use-profile.ts'

/** By their names, in the order of the help. Only the called command is loaded: `admin` brings the database along. */
export type Commands = Record<string, () => Promise<Command[]>>

/** What needs the public API and nothing of the installation: also the package of the command line. */
export const PARTNER_COMMANDS: Commands = {
  sessions: async () => [(await import('./commands/sessions.ts')).sessionsCommand()],
  samples: async () => [(await import('./commands/samples.ts')).samplesCommand()],
  upload: async () => [(await import('./commands/upload.ts')).uploadCommand()],
  fastqs: async () => [(await import('./commands/fastqs.ts')).fastqsCommand()],
  projects: async () => [(await import('./commands/projects.ts')).projectsCommand()],
  webhooks: async () => [(await import('./commands/webhooks.ts')).webhooksCommand()],
  demo: async () => [(await import('./commands/demo.ts')).demoCommand()],
  login: async () => [(await import('./commands/login.ts')).loginCommand()],
  logout: async () => [(await import('./commands/login.ts')).logoutCommand()],
}
const ALWAYS = async () => [(await import('./commands/completion.ts')).completionCommand()]
/** Answered without any command. */
const VERSION_FLAGS = ['--version', '-V']

/** Runs the command line of this process to its end, and sets the exit code. */
export async function runCli(commands: Commands, version: string): Promise<void> {
  const json = process.argv.includes('--json')
  const program = new Command('arraydrop')
    .description(
      'Receive raw genotype files: mint links, upload FASTQ by URL, follow samples, manage projects and webhooks.',
    )
    .version(version)
    // A panel has a version of its own: what stands after a command is the command's.
    .enablePositionalOptions()
    .hook('preAction', (_, command) => useProfile(command))
    .addHelpText('after', EXIT_CODES_HELP)
  const loaders = loadersFor(commands, process.argv[2] ?? '')
  for (const load of loaders) for (const command of await load()) program.addCommand(command)
  throwInstead(program, json)
  endWithReader()
  try {
    followProxy()
    await program.parseAsync()
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    const told = error instanceof CommanderError
    if (json && process.exitCode !== 0) process.stderr.write(`${failureAsJson(error)}\n`)
    else if (!told) process.stderr.write(`${explainFailure(error)}\n`)
  }
}

/** What reads the output may stop, as `head` does: no failure. A command with something to take back does so. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (process.listenerCount('SIGTERM') === 0) process.exit()
    process.kill(process.pid, 'SIGTERM')
  })
}

/** For this process alone, as its environment says. Older releases of Node do not have it. */
function followProxy(): void {
  if (typeof http.setGlobalProxyFromEnv !== 'function') return
  const variables = proxyVariables()
  const refusal = refuseProxy(variables)
  if (refusal !== undefined) throw misused(refusal)
  try {
    http.setGlobalProxyFromEnv(variables)
  } catch {
    throw misused(
      'HTTPS_PROXY or HTTP_PROXY cannot be used: it must be a URL such as http://proxy.example:3128.',
    )
  }
}

function loadersFor(commands: Commands, name: string): (() => Promise<Command[]>)[] {
  if (VERSION_FLAGS.includes(name)) return []
  return Object.hasOwn(commands, name) ? [commands[name]!] : [...Object.values(commands), ALWAYS]
}

/** By itself, commander would end the process with 1. With --json, its words come as JSON, too. */
function throwInstead(command: Command, json: boolean): void {
  command.exitOverride()
  if (json) command.configureOutput({ writeErr: () => {} })
  else command.showHelpAfterError('(add --help for what can be given)')
  for (const inner of command.commands) throwInstead(inner, json)
}
