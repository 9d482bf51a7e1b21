import { Command, Option } from 'commander'
import { verifyAudit } from '#lib/audit/verify-audit.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'

/** `arraydrop admin verify-audit`: exits with 1 when the trail is broken. */
export function verifyAuditCommand(): Command {
  return new Command('verify-audit')
    .description(
      'Verify the chain of the audit trail and name entries that were changed or removed. Keep a copy of the head ' +
        'it prints elsewhere, to detect later whether the end was cut off.',
    )
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (options: { json?: boolean }) => {
      const { ok, entries, brokenAt, head } = await withSystem((services) => verifyAudit(services))
      print({ ok, entries, broken_at: brokenAt, head }, options)
      if (!ok) process.exitCode = 1
    })
}
