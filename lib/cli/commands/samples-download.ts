import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { MultiBar } from 'cli-progress'
import { Command } from 'commander'
import type { SampleDetails, SampleFile } from '#lib/samples/wire.ts'
import { type Downloaded, downloadFile } from '../download-file.ts'
import { misused } from '../failure.ts'
import {
  type ApiOptions,
  originOf,
  type PartnerClient,
  partnerClient,
  segment,
  withApiOptions,
} from '../partner-client.ts'
import { printList } from '../print.ts'
import { progressInLines } from '../progress-in-lines.ts'
import { sayAtInterrupt } from '../say-at-interrupt.ts'

interface DownloadOptions extends ApiOptions {
  to: string
  fileType?: string[]
}

/** `arraydrop samples download`: complete files stay, interrupted downloads resume. */
export function downloadCommand(): Command {
  return withApiOptions(new Command('download'))
    .description(
      'Download the deliverables of a sample and check their SHA-256. An interrupted download resumes where it ' +
        'stopped, also in a new run of the command; complete files are not fetched again.',
    )
    .argument('<sample-id>')
    .option('--to <folder>', 'where to put them', '.')
    .option('--file-type <key...>', 'only these types, such as plink-bed vcf; all by default')
    .addHelpText(
      'after',
      `
Examples:
  arraydrop samples download a63417a3-31d5-40d0-98a4-ac54e6ff1bdd --to results
  arraydrop samples download a63417a3-31d5-40d0-98a4-ac54e6ff1bdd --file-type plink-bed plink-bim plink-fam`,
    )
    .action(async (sampleId: string, options: DownloadOptions) => {
      const client = partnerClient(options)
      const files = await wantedFiles(client, sampleId, options)
      await mkdir(options.to, { recursive: true })
      const bars = new MultiBar({
        format: '{name} {bar} {percentage} %',
        hideCursor: true,
        noTTYOutput: false,
        stream: process.stderr,
      })
      const done: Downloaded[] = []
      const silent = sayAtInterrupt(() => {
        bars.stop()
        return 'Interrupted. The same command resumes where it stopped.'
      })
      try {
        for (const file of files) {
          const bar = options.json || !process.stderr.isTTY ? undefined : bars.create(file.size, 0)
          const tell = progressInLines(
            (bytes) => `${file.file_type}: ${Math.floor((100 * bytes) / file.size)} % are downloaded.`,
          )
          done.push(
            await downloadFile(file, {
              folder: path.resolve(options.to),
              // The address the service was reached at may differ from the one in its links.
              locate: (url) => {
                const { pathname, search } = new URL(url)
                return new URL(pathname + search, originOf(options.host))
              },
              renew: async () =>
                (await wantedFiles(client, sampleId, { ...options, fileType: [file.file_type] }))[0]!,
              onProgress(bytes) {
                bar?.update(bytes, { name: file.file_type.padEnd(14) })
                if (!bar && !options.json) tell(bytes)
              },
            }),
          )
        }
      } finally {
        silent()
        bars.stop()
      }
      printList(done, ({ size, path: at }) => [`${size.toLocaleString('en')} bytes`, at], {
        json: options.json,
        none: 'No files.',
      })
    })
}

async function wantedFiles(
  client: PartnerClient,
  sampleId: string,
  { fileType }: DownloadOptions,
): Promise<SampleFile[]> {
  const { files, last_status } = await client.get<SampleDetails>(`/api/v2/samples/${segment(sampleId)}`)
  const missing = fileType?.find((key) => !files.some(({ file_type }) => file_type === key))
  if (missing !== undefined || files.length === 0) {
    const there = files.map(({ file_type }) => file_type).join(', ')
    throw misused(
      there === ''
        ? `The sample has no files: it is ${last_status.status}.`
        : `The sample has no file of type ${JSON.stringify(missing)}. It has: ${there}.`,
    )
  }
  return fileType ? files.filter(({ file_type }) => fileType.includes(file_type)) : files
}
