import { Command } from 'commander'
import type { SampleDetails, SampleListItem } from '#lib/samples/wire.ts'
import { parseJson, parseMax } from '../parse-option.ts'
import {
  type ApiOptions,
  type PartnerClient,
  partnerClient,
  projectOf,
  segment,
  withApiOptions,
} from '../partner-client.ts'
import { print, printList } from '../print.ts'
import { downloadCommand } from './samples-download.ts'
import { waitCommand } from './samples-wait.ts'

/** `arraydrop samples …`: what was received, and its deliverables. */
export function samplesCommand(): Command {
  return new Command('samples')
    .description('Samples: list, show, wait, download, run again, accept, hide, delete.')
    .addCommand(listCommand())
    .addCommand(getCommand())
    .addCommand(waitCommand())
    .addCommand(downloadCommand())
    .addCommand(setMetadataCommand())
    .addCommand(rerunCommand())
    .addCommand(acceptCommand())
    .addCommand(hideCommand('hide'))
    .addCommand(hideCommand('unhide'))
    .addCommand(deleteCommand())
}

interface ListOptions extends ApiOptions {
  project?: string
  search?: string
  status?: string
  hidden: string
  sortBy: string
  sortOrder: string
  max: number
}

function listCommand(): Command {
  return withApiOptions(new Command('list'))
    .description('List samples of a project: last change, id, client id, status.')
    .option('--project <id>', 'whose samples; by default the only project the key sees')
    .option('--search <text>', 'part of the id, the client id or the metadata')
    .option('--status <status>', 'such as succeeded, failed, running, completed')
    .option('--hidden <which>', 'visible, hidden or all', 'visible')
    .option('--sort-by <field>', 'modified, created, client_id, id or status', 'modified')
    .option('--sort-order <order>', 'asc or desc', 'desc')
    .option('--max <number>', 'how many at most', parseMax, 200)
    .addHelpText(
      'after',
      `
Examples:
  arraydrop samples list --status failed
  arraydrop samples list --search order-1234 --json | jq -r '.[].id'`,
    )
    .action(async (options: ListOptions) => {
      const client = partnerClient(options)
      const { search, status, hidden: hidden_status, sortBy: sort_by, sortOrder: sort_order } = options
      const path = `/api/v2/project-samples/${await projectOf(client, options.project)}`
      const query = { search, status, hidden_status, sort_by, sort_order }
      const samples = await client.list<SampleListItem>(path, query, options.max)
      printList(
        samples,
        ({ modified, id, client_id, last_status }) => [modified, id, client_id, last_status.status],
        { json: options.json, none: 'No samples.' },
      )
    })
}

function getCommand(): Command {
  return withApiOptions(new Command('get'))
    .description('Show a sample: status, last refusal, deliverables. With --json everything.')
    .argument('<sample-id>')
    .addHelpText('after', '\nExample:\n  arraydrop samples get a63417a3-31d5-40d0-98a4-ac54e6ff1bdd --json')
    .action(async (sampleId: string, options: ApiOptions) => {
      const sample = await partnerClient(options).get<SampleDetails>(`/api/v2/samples/${segment(sampleId)}`)
      if (options.json) return print(sample, options)
      const { id, client_id, project, last_status, upload_session, files } = sample
      const rejection = upload_session?.last_rejection
      print(
        {
          id,
          client_id,
          project,
          status: last_status.status,
          note: last_status.note,
          vendor: upload_session?.vendor ?? '–',
          last_rejection: rejection ? [rejection.reason, rejection.detail].filter(Boolean).join(', ') : '–',
          // Their URLs open the files to anyone, so they are shown to programs only.
          files: files.map(({ file_type }) => file_type).join(' ') || '–',
        },
        options,
      )
    })
}

function setMetadataCommand(): Command {
  return withApiOptions(new Command('set-metadata'))
    .description('Replace the metadata of a sample.')
    .argument('<sample-id>')
    .argument('<metadata>', 'JSON, such as {"order":"1234"}', parseJson)
    .addHelpText(
      'after',
      `\nExample:\n  arraydrop samples set-metadata a63417a3-31d5-40d0-98a4-ac54e6ff1bdd '{"paid":true}'`,
    )
    .action(async (sampleId: string, metadata: unknown, options: ApiOptions) => {
      const path = `/api/v2/sample-metadata/${segment(sampleId)}`
      print(await partnerClient(options).post<Record<string, unknown>>(path, { metadata }), options)
    })
}

type ManyOptions = ApiOptions & { project?: string }

/** A command about several samples of one project. */
const commandOnSamples = (name: string): Command =>
  withApiOptions(new Command(name))
    .argument('<sample-id...>')
    .option('--project <id>', 'project of the samples; by default the project of the first one')

/** Make a change to these samples; resolves with the service's answer. */
async function changeSamples(
  ids: string[],
  options: ManyOptions,
  { verb, more = {} }: { verb: string; more?: object },
): Promise<Record<string, unknown>> {
  const client = partnerClient(options)
  const project = await projectOfSamples(client, ids, options.project)
  return client.post(`/api/v2/project-${verb}-samples/${project}`, { sample_ids: ids, ...more })
}

/** The named project, or that of the first sample. */
const projectOfSamples = async (client: PartnerClient, ids: string[], named?: string): Promise<string> =>
  named === undefined
    ? (await client.get<SampleDetails>(`/api/v2/samples/${segment(ids[0]!)}`)).project
    : segment(named)

function rerunCommand(): Command {
  return commandOnSamples('rerun')
    .description('Analyse failed samples of one project again, by the rules that the project has now.')
    .addHelpText('after', '\nExample:\n  arraydrop samples rerun a63417a3-31d5-40d0-98a4-ac54e6ff1bdd')
    .action(async (ids: string[], options: ManyOptions) => {
      print(await changeSamples(ids, options, { verb: 'rerun' }), options)
    })
}

function acceptCommand(): Command {
  return commandOnSamples('accept')
    .description(
      'Accept samples of one project that failed their quality checks. The reason stays with them.',
    )
    .requiredOption('--reason <text>', 'why, in at most 500 characters')
    .addHelpText(
      'after',
      `\nExample:\n  arraydrop samples accept a63417a3-31d5-40d0-98a4-ac54e6ff1bdd --reason 'Known and harmless'`,
    )
    .action(async (ids: string[], options: ManyOptions & { reason: string }) => {
      const { reason } = options
      print(await changeSamples(ids, options, { verb: 'accept', more: { reason } }), options)
    })
}

const HIDING = {
  hide: 'Leave samples of one project out of lists. Nothing else changes: they can be read by id.',
  unhide: 'Show hidden samples of one project in lists again.',
}

function hideCommand(name: keyof typeof HIDING): Command {
  return commandOnSamples(name)
    .description(HIDING[name])
    .addHelpText('after', `\nExample:\n  arraydrop samples ${name} a63417a3-31d5-40d0-98a4-ac54e6ff1bdd`)
    .action(async (ids: string[], options: ManyOptions) => {
      await changeSamples(ids, options, { verb: name })
      print({ [name === 'hide' ? 'hidden' : 'shown']: ids }, options)
    })
}

function deleteCommand(): Command {
  return commandOnSamples('delete')
    .description(
      'Delete samples of one project for good: files, metadata, history. Deletes all of them or none.',
    )
    .addHelpText('after', '\nExample:\n  arraydrop samples delete a63417a3-31d5-40d0-98a4-ac54e6ff1bdd')
    .action(async (ids: string[], options: ManyOptions) => {
      const client = partnerClient(options)
      const project = await projectOfSamples(client, ids, options.project)
      await client.delete(`/api/v2/project-delete-samples/${project}`, { sample_ids: ids })
      print({ deleted: ids }, options)
    })
}
