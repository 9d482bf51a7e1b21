import path from 'node:path'
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
        'the end was cut off or rewritten. Months that `archive-audit` moved into files are read where --archives names their folder.',
    )
    .addOption(new Option('--head <hash>', 'a head printed or logged earlier; the trail must still have it'))
    .addOption(new Option('--archives <folder>', 'where all files of archive-audit are'))
    .addOption(new Option('--json', 'print one line of JSON'))
    .action(async (options: { json?: boolean; head?: string; archives?: string }) => {
      const { head: earlierHead, archives: folder } = options
      const archiveAt = folder === undefined ? undefined : (file: string) => path.join(folder, file)
      const verdict = await withSystem(async (services) => {
        await chainAudit(services)
        return verifyAudit(services, { head: earlierHead, archiveAt })
      })
      const { ok, entries, archived, provedFrom, archiveFault, waiting, brokenAt, head, earlierHeadAt } =
        verdict
      print(
        {
          ok,
          entries,
          archived,
          proved_from: provedFrom,
          ...(archiveFault === null ? {} : { archive_fault: archiveFault }),
          not_chained_yet: waiting,
          broken_at: brokenAt,
          head,
          ...(earlierHeadAt === undefined ? {} : { earlier_head_at: earlierHeadAt }),
        },
        options,
      )
      if (!ok) process.exitCode = 1
    })
}
