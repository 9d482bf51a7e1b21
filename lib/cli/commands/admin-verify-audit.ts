import { Command, Option } from 'commander'
import { chainAudit } from '#lib/audit/chain-audit.ts'
import { verifyAudit } from '#lib/audit/verify-audit.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'

/** `arraydrop admin verify-audit`: exits with 1 when the trail is broken. */
export function verifyAuditCommand(): Command {
  return new Command('verify-audit')
    .description(
      'Verify the chain of the audit trail and name the first entry that was changed, removed or moved. Keep a copy of ' +
        'the head it prints elsewhere (the log has one each hour) and give it later with --head: that shows whether ' +
        'the end was cut off or rewritten.',
    )
    .addOption(new Option('--head <hash>', 'a head printed or logged earlier; the trail must still have it'))
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (options: { json?: boolean; head?: string }) => {
      const { ok, entries, waiting, brokenAt, head, earlierHeadAt } = await withSystem(async (services) => {
        await chainAudit(services)
        return verifyAudit(services, options.head)
      })
      const earlier = earlierHeadAt === undefined ? {} : { earlier_head_at: earlierHeadAt }
      print({ ok, entries, not_chained_yet: waiting, broken_at: brokenAt, head, ...earlier }, options)
      if (!ok) process.exitCode = 1
    })
}
