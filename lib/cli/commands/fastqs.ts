import { Command, Option } from 'commander'
import { asDestination, refuseDestination } from '#lib/fastq/map/destination.ts'
import { SHEET_STATUSES } from '#lib/fastq/upload-filter.ts'
import type { SheetRow, UploadItem } from '#lib/fastq/wire.ts'
import { assignSamples } from '../assign-samples.ts'
import { EXIT, Failure, misused } from '../failure.ts'
import { parseJson, parseMax } from '../parse-option.ts'
import {
  type ApiOptions,
  type PartnerClient,
  partnerClient,
  projectOf,
  withApiOptions,
} from '../partner-client.ts'
import { print, printList } from '../print.ts'
import { readSheet } from '../sample-sheet.ts'

const ROWS_MAX = 1_000_000
/** The limit of one call. */
const UPLOADS_MAX = 200
const PATIENCE_MS = 60_000

/** `arraydrop fastqs …`: list uploads, assign them to samples, delete them. */
export function fastqsCommand(): Command {
  return new Command('fastqs')
    .description('FASTQ files that were uploaded by URL (arraydrop upload).')
    .addCommand(listCommand())
    .addCommand(assignCommand())
    .addCommand(deleteCommand())
}

interface ListOptions extends ApiOptions {
  search?: string
  status: (typeof SHEET_STATUSES)[number]
  max: number
}

function listCommand(): Command {
  return withApiOptions(new Command('list'))
    .description('List FASTQ files, one sample per line: client id, ids of R1 and R2, destination.')
    .option('--search <prefix>', 'start of the destination, such as gncv://july/')
    .addOption(
      new Option('--status <status>', 'whether they are assigned to samples')
        .choices([...SHEET_STATUSES])
        .default('unassigned'),
    )
    .option('--max <number>', 'how many at most', parseMax, 200)
    .addHelpText(
      'after',
      `
Examples:
  arraydrop fastqs list
  arraydrop fastqs list --search gncv://july/ --status all --json`,
    )
    .action(async ({ search, status, max, ...options }: ListOptions) => {
      const rows = await readSheet(partnerClient(options), { search, status, max })
      printList(
        rows,
        (row) => [
          row.client_id,
          row.fastq.r1.upload,
          row.fastq.r2?.upload ?? '–',
          row.fastq.r1.destination_path.replace(/[^/]*$/, ''),
        ],
        { json: options.json, none: 'No FASTQ files.' },
      )
    })
}

interface AssignOptions extends ApiOptions {
  project?: string
  clientId?: string[]
  metadata?: unknown
  singleEnd?: boolean
}

function assignCommand(): Command {
  return withApiOptions(new Command('assign'))
    .description(
      'Assign unassigned FASTQ files to new samples, which starts their analysis. Where there are none, nothing is done and the exit ' +
        'code is 0; it is 1 when a --client-id has none.',
    )
    .argument('<destination>', 'the folder of their destinations, such as gncv://july/')
    .option('--project <id>', 'where the samples go; by default the only project the key sees')
    .option('--client-id <id...>', 'only these')
    .option('--single-end', 'also those without an R2; without this they are refused')
    .option('--metadata <json>', 'any JSON, stored with every sample', parseJson)
    .addHelpText(
      'after',
      `
Examples:
  arraydrop fastqs assign gncv://july/
  arraydrop fastqs assign gncv://july/ --single-end
  arraydrop fastqs assign gncv://july/ --client-id s1 s2 --metadata '{"batch":"july"}' --json`,
    )
    .action(async (destination: string, options: AssignOptions) => {
      const search = folderOf(destination)
      const client = partnerClient(options, { patience: PATIENCE_MS })
      const project = await projectOf(partnerClient(options), options.project)
      const rows = await readSheet(client, { search, status: 'unassigned', max: ROWS_MAX })
      const wanted = rows.filter((row) => options.clientId?.includes(row.client_id) ?? true)
      const missing = options.clientId?.find((id) => !wanted.some((row) => row.client_id === id))
      if (missing !== undefined) {
        throw new Failure(
          EXIT.refused,
          `There are no unassigned files of ${JSON.stringify(missing)} in ${search}: they may be assigned already. Nothing was done.`,
        )
      }
      if (!options.singleEnd) refuseSingles(wanted)
      const toBe = wanted.map(({ client_id, fastq: { r1, r2 } }) => ({
        client_id,
        fastq: { r1: fileOf(r1), ...(r2 ? { r2: fileOf(r2) } : {}) },
      }))
      const samples = await assignSamples(client, toBe, {
        project,
        metadata: options.metadata ?? null,
        known: () => undefined,
        onAssigned: async () => {},
      })
      printList(samples, ({ client_id, sample }) => [client_id, sample], {
        json: options.json,
        none: 'No unassigned FASTQ files.',
      })
    })
}

const NAMED_MAX = 10

/** An R1 whose R2 was refused looks like single-end reads: that it is them must be said. */
function refuseSingles(rows: readonly SheetRow[]): void {
  const singles = rows.filter(({ fastq }) => !fastq.r2).map((row) => row.client_id)
  if (singles.length === 0) return
  const more = singles.length > NAMED_MAX ? ` and ${singles.length - NAMED_MAX} more` : ''
  throw misused(
    `There is no R2 of ${singles.slice(0, NAMED_MAX).join(', ')}${more}. Upload it first, choose others with ` +
      '--client-id, or give --single-end if these reads have none.',
  )
}

type SheetFile = SheetRow['fastq']['r1']

const fileOf = ({ upload, destination_path }: SheetFile) => ({ upload, destination_path })

interface DeleteOptions extends ApiOptions {
  destination?: string
}

function deleteCommand(): Command {
  return withApiOptions(new Command('delete'))
    .description('Delete unassigned FASTQ files, by id or by destination.')
    .argument('[upload-id...]')
    .option('--destination <folder>', 'all unassigned files of this destination, such as gncv://july/')
    .addHelpText(
      'after',
      `
Examples:
  arraydrop fastqs delete a63417a3-31d5-40d0-98a4-ac54e6ff1bdd
  arraydrop fastqs delete --destination gncv://july/`,
    )
    .action(async (ids: string[], { destination, ...options }: DeleteOptions) => {
      if (ids.length > 0 === (destination !== undefined)) throw misused('Give ids, or --destination.')
      const client = partnerClient(options)
      const found = destination === undefined ? ids : await unassignedAt(client, folderOf(destination))
      for (let from = 0; from < found.length; from += UPLOADS_MAX) {
        const upload_ids = found.slice(from, from + UPLOADS_MAX)
        await client.post('/api/v2/uploads-delete-unassigned/', { upload_ids })
      }
      print({ deleted: found }, options)
    })
}

/** Not from the sample sheet, where an R2 whose R1 was refused is in no row. */
async function unassignedAt(client: PartnerClient, search: string): Promise<string[]> {
  const uploads = await client.list<UploadItem>('/api/v2/uploads/', { search }, ROWS_MAX)
  return uploads.filter(({ sample }) => sample === null).map(({ id }) => id)
}

/** With a trailing slash, so that `gncv://july` does not match `gncv://july-2/`. */
function folderOf(destination: string): string {
  const refusal = refuseDestination(destination)
  if (refusal !== undefined) throw misused(refusal)
  return asDestination(destination)
}
