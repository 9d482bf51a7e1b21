import { Command, Option } from 'commander'
import { asDestination, refuseDestination } from '#lib/fastq/map/destination.ts'
import { SHEET_STATUSES } from '#lib/fastq/upload-filter.ts'
import type { SheetRow, UploadItem } from '#lib/fastq/wire.ts'
import { assignUploads } from '../assign-uploads.ts'
import { misused } from '../failure.ts'
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
/** What one call takes. */
const UPLOADS_MAX = 200
const PATIENCE_MILLISECONDS = 60_000

/** `arraydrop fastqs …`: uploads, and what is to become of them. */
export function fastqsCommand(): Command {
  return new Command('fastqs')
    .description('My FASTQs: files that were handed over by URL (arraydrop upload).')
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
    .description('List FASTQ files, those of one sample in a line: client id, ids of R1 and R2, destination.')
    .option('--search <prefix>', 'beginning of the destination, such as gncv://july/')
    .addOption(
      new Option('--status <status>', 'whether samples were made of them')
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
}

function assignCommand(): Command {
  return withApiOptions(new Command('assign'))
    .description('Make samples of unassigned FASTQ files, which starts their analysis.')
    .argument('<destination>', 'the folder that they went to, such as gncv://july/')
    .option('--project <id>', 'where the samples go; without it the one project that the key sees')
    .option('--client-id <id...>', 'only these')
    .option('--metadata <json>', 'any JSON, given to every sample', parseJson)
    .addHelpText(
      'after',
      `
Examples:
  arraydrop fastqs assign gncv://july/
  arraydrop fastqs assign gncv://july/ --client-id s1 s2 --metadata '{"batch":"july"}' --json`,
    )
    .action(async (destination: string, options: AssignOptions) => {
      const search = folderOf(destination)
      const client = partnerClient(options, { patience: PATIENCE_MILLISECONDS })
      const project = await projectOf(partnerClient(options), options.project)
      const rows = await readSheet(client, { search, status: 'unassigned', max: ROWS_MAX })
      const wanted = rows.filter((row) => options.clientId?.includes(row.client_id) ?? true)
      const missing = options.clientId?.find((id) => !wanted.some((row) => row.client_id === id))
      if (missing !== undefined) throw misused(`No unassigned files of ${JSON.stringify(missing)} are there.`)
      const toBe = wanted.map(({ client_id, fastq: { r1, r2 } }) => ({
        client_id,
        fastq: { r1: fileOf(r1), ...(r2 ? { r2: fileOf(r2) } : {}) },
      }))
      const samples = await assignUploads(client, toBe, {
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

type SheetFile = SheetRow['fastq']['r1']

const fileOf = ({ upload, destination_path }: SheetFile) => ({ upload, destination_path })

interface DeleteOptions extends ApiOptions {
  destination?: string
}

function deleteCommand(): Command {
  return withApiOptions(new Command('delete'))
    .description('Delete FASTQ files that no sample was made of, by their ids or by their destination.')
    .argument('[upload-id...]')
    .option('--destination <folder>', 'all unassigned ones that went there, such as gncv://july/')
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

/** Not by the sample sheet: an R2 whose R1 was refused stands in no row of it. */
async function unassignedAt(client: PartnerClient, search: string): Promise<string[]> {
  const uploads = await client.list<UploadItem>('/api/v2/uploads/', { search }, ROWS_MAX)
  return uploads.filter(({ sample }) => sample === null).map(({ id }) => id)
}

/** With a slash at its end: `gncv://july` is not the beginning of `gncv://july-2/`. */
function folderOf(destination: string): string {
  const refusal = refuseDestination(destination)
  if (refusal !== undefined) throw misused(refusal)
  return asDestination(destination)
}
