import packageJson from './package.json' with { type: 'json' }

/** The command line without an installation: what needs the public API alone. */
if (/^(-V|--version)$/.test(process.argv[2] ?? '')) {
  // Nothing else is loaded for it.
  process.stdout.write(`${packageJson.version}\n`)
} else {
  const { PARTNER_COMMANDS, runCli } = await import('../../lib/cli/run-cli.ts')
  await runCli(PARTNER_COMMANDS, packageJson.version)
}
