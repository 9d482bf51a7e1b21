import { PARTNER_COMMANDS, runCli } from '../../lib/cli/run-cli.ts'
import packageJson from './package.json' with { type: 'json' }

/** The command line without an installation: what needs the public API alone. */
await runCli(PARTNER_COMMANDS, packageJson.version)
