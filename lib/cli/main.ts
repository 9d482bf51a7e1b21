import http from 'node:http'
import { Command, CommanderError } from 'commander'
import { proxyVariables } from '#lib/platform/env.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { EXIT_CODES_HELP, exitCodeOf, explainFailure, failureAsJson } from './failure.ts'
import { useProfile } from './use-profile.ts'

/** In the order of the help. Only the called command is loaded: `admin` brings the database along. */
const COMMANDS: Record<string, () => Promise<Command[]>> = {
  sessions: async () => [(await import('./commands/sessions.ts')).sessionsCommand()],
  samples: async () => [(await import('./commands/samples.ts')).samplesCommand()],
  upload: async () => [(await import('./commands/upload.ts')).uploadCommand()],
  fastqs: async () => [(await import('./commands/fastqs.ts')).fastqsCommand()],
  projects: async () => [(await import('./commands/projects.ts')).projectsCommand()],
  webhooks: async () => [(await import('./commands/webhooks.ts')).webhooksCommand()],
  demo: async () => [(await import('./commands/demo.ts')).demoCommand()],
  login: async () => [(await import('./commands/login.ts')).loginCommand()],
  logout: async () => [(await import('./commands/login.ts')).logoutCommand()],
  admin: async () => [(await import('./commands/admin.ts')).adminCommand()],
}
const ALWAYS = async () => [(await import('./commands/completion.ts')).completionCommand()]
/** Answered without any command. */
const VERSION_FLAGS = ['--version', '-V']

const called = process.argv[2] ?? ''
const json = process.argv.includes('--json')

/** The command line. Ordinary commands use only the public API; `admin …` works on the installation itself. */
const program = new Command('arraydrop')
  .description(
    'Receive raw genotype files: mint links, upload FASTQ by URL, follow samples, manage an installation.',
  )
  .version(packageJson.version)
  // A panel has a version of its own: what stands after a command is the command's.
  .enablePositionalOptions()
  .hook('preAction', (_, command) => useProfile(command))
  .addHelpText('after', EXIT_CODES_HELP)

for (const load of loadersFor(called)) for (const command of await load()) program.addCommand(command)
throwInstead(program)
// For this process alone, as its environment says. Older releases of Node 24 do not have it.
if (typeof http.setGlobalProxyFromEnv === 'function') http.setGlobalProxyFromEnv(proxyVariables())
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
  const told = error instanceof CommanderError
  if (json && process.exitCode !== 0) process.stderr.write(`${failureAsJson(error)}\n`)
  else if (!told) process.stderr.write(`${explainFailure(error)}\n`)
}

function loadersFor(name: string): (() => Promise<Command[]>)[] {
  if (VERSION_FLAGS.includes(name)) return []
  return Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]!] : [...Object.values(COMMANDS), ALWAYS]
}

/** By itself, commander would end the process with 1. With --json, its words come as JSON, too. */
function throwInstead(command: Command): void {
  command.exitOverride()
  if (json) command.configureOutput({ writeErr: () => {} })
  else command.showHelpAfterError('(add --help for what can be given)')
  for (const inner of command.commands) throwInstead(inner)
}
