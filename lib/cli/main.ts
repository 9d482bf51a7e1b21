import { Command } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { adminCommand } from './commands/admin.ts'
import { demoCommand } from './commands/demo.ts'
import { explainFailure } from './explain-failure.ts'

/** The command line. Plain commands speak the public API and nothing else; `admin …` works on the installation itself. */
const program = new Command('arraydrop')
  .description('Hand over raw genotype files: mint links, follow samples, look after an installation.')
  .version(packageJson.version)
  .addCommand(demoCommand())
  .addCommand(adminCommand())

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
}
