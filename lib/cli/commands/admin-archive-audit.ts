import { Command, InvalidArgumentError, Option } from 'commander'
import { archiveAudit } from '#lib/audit/archive/archive-audit.ts'
import { printList } from '../print.ts'
import { withSystem } from '../with-system.ts'

/** `arraydrop admin archive-audit`: works while the server runs, and again after it was broken off. */
export function archiveAuditCommand(): Command {
  return new Command('archive-audit')
    .description(
      'Move whole months of the audit trail into files, one for each month. A month leaves the database once its file was ' +
        'read back and verified; the rest of the trail can still be verified, and the files with it (`verify-audit --archives`). ' +
        'Lists no longer show what has left. The files hold ids and addresses: keep them as safe as the database.',
    )
    .requiredOption('--before <month>', 'the first month that stays, such as 2026-11', parseMonth)
    .requiredOption('--out <folder>', 'where to write the files; created when missing')
    .addOption(new Option('--json', 'print one JSON array'))
    .action(async ({ before, out, json }: { before: string; out: string; json?: boolean }) => {
      const onStep = (month: string, step: string) => process.stderr.write(`${month}: ${step}\n`)
      const archived = await withSystem((services) => archiveAudit(services, { before, folder: out, onStep }))
      printList(
        archived,
        ({ month, entries, file, sha256 }) => [month, `${entries} entries`, file ?? 'no file', sha256 ?? ''],
        { json, none: `There is no month before ${before} in the trail.` },
      )
    })
}

function parseMonth(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('Give a month, such as 2026-11.')
  return text
}
