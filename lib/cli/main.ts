import packageJson from '../../package.json' with { type: 'json' }
import { PARTNER_COMMANDS, runCli } from './run-cli.ts'

/** The command line of a clone: the package's commands, and what works on the installation itself. */
await runCli(
  {
    ...PARTNER_COMMANDS,
    demo: async () => {
      const [{ demoCommand }, { makeDemoKey }] = await Promise.all([
        import('./commands/demo.ts'),
        import('./commands/demo-key.ts'),
      ])
      return [demoCommand(makeDemoKey)]
    },
    admin: async () => [(await import('./commands/admin.ts')).adminCommand()],
  },
  packageJson.version,
)
