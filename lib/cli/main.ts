import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { EXIT_CODES_HELP, exitCodeOf, explainFailure } from './failure.ts'

/** In the order of the help. Only the called command is loaded: `admin` brings the database along. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  sessions: async () => (await import('./commands/sessions.ts')).sessionsCommand(),
  samples: async () => (await import('./commands/samples.ts')).samplesCommand(),
  upload: async () => (await import('./commands/upload.ts')).uploadCommand(),
  fastqs: async () => (await import('./commands/fastqs.ts')).fastqsCommand(),
  projects: async () => (await import('./commands/projects.ts')).projectsCommand(),
  webhooks: async () => (await import('./commands/webhooks.ts')).webhooksCommand(),
  demo: async () => (await import('./commands/demo.ts')).demoCommand(),
  admin: async () => (await import('./commands/admin.ts')).adminCommand(),
}

/** The command line. Ordinary commands use only the public API; `admin …` works on the installation itself. */
const program = new Command('arraydrop')
  .description(
    'Receive raw genotype files: mint links, upload FASTQ by URL, follow samples, manage an installation.',
  )
  .version(packageJson.version)
  // A panel has a version of its own: what stands after a command is the command's.
  .enablePositionalOptions()
  .addHelpText('after', EXIT_CODES_HELP)

const called = process.argv[2] ?? ''
const needed = Object.hasOwn(COMMANDS, called) ? [COMMANDS[called]!] : Object.values(COMMANDS)
for (const load of needed) program.addCommand(await load())
throwInstead(program)
try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = exitCodeOf(error)
}

/** By itself, commander would end the process with 1. */
function throwInstead(command: Command): void {
  command.exitOverride().showHelpAfterError('(add --help for what can be given)')
  for (const inner of command.commands) throwInstead(inner)
}
