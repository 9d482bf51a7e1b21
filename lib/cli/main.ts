import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { adminCommand } from './commands/admin.ts'
import { demoCommand } from './commands/demo.ts'
import { projectsCommand } from './commands/projects.ts'
import { samplesCommand } from './commands/samples.ts'
import { sessionsCommand } from './commands/sessions.ts'
import { webhooksCommand } from './commands/webhooks.ts'
import { EXIT_CODES_HELP } from './exit-code.ts'
import { exitCodeOf, explainFailure } from './explain-failure.ts'

/** The command line. Plain commands speak the public API and nothing else; `admin …` works on the installation itself. */
const program = new Command('arraydrop')
  .description('Hand over raw genotype files: mint links, follow samples, look after an installation.')
  .version(packageJson.version)
  .addCommand(sessionsCommand())
  .addCommand(samplesCommand())
  .addCommand(projectsCommand())
  .addCommand(webhooksCommand())
  .addCommand(demoCommand())
  .addCommand(adminCommand())
  .addHelpText('after', EXIT_CODES_HELP)

throwInstead(program)
try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = exitCodeOf(error)
}

/** Commander would end the process itself, and with 1. */
function throwInstead(command: Command): void {
  command.exitOverride().showHelpAfterError('(add --help for what can be given)')
  for (const inner of command.commands) throwInstead(inner)
}
