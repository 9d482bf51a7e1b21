import { Command } from 'commander'
import type { PipelineCapability } from '#lib/projects/pipeline-capability.ts'
import type { ProjectItem } from '#lib/projects/wire.ts'
import type { ProjectStats } from '#lib/samples/wire.ts'
import { EXIT, Failure, misused } from '../failure.ts'
import {
  type ApiOptions,
  type PartnerClient,
  partnerClient,
  segment,
  withApiOptions,
} from '../partner-client.ts'
import { print, printList } from '../print.ts'

const PROJECTS_MAX = 10_000
const CAPABILITIES_MAX = 200

const CAPABILITY_OPTION = [
  '--pipeline-capability <id or key>',
  'what is done with its samples, such as imputation with a panel',
] as const

/** What the service offers under this id or key. */
async function findCapability(client: PartnerClient, wanted: string): Promise<PipelineCapability> {
  const offered = await client.list<PipelineCapability>(
    '/api/v2/pipeline-capabilities/',
    {},
    CAPABILITIES_MAX,
  )
  const found = offered.find(({ id, key }) => id === wanted.toLowerCase() || key === wanted)
  if (found) return found
  const keys = offered.map(({ key }) => `  ${key}`).join('\n')
  throw new Failure(
    EXIT.refused,
    `There is no pipeline capability ${JSON.stringify(wanted)}. Offered are:\n${keys}`,
  )
}

/** `arraydrop projects …`. */
export function projectsCommand(): Command {
  return new Command('projects')
    .description('Projects: who owns samples, and their settings.')
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(setCommand())
    .addCommand(statsCommand())
    .addCommand(deleteCommand())
}

function listCommand(): Command {
  return withApiOptions(new Command('list'))
    .description('List the projects the key sees: creation, id, samples, name, and whether it is for tests.')
    .option('--search <text>', 'part of the name, or the id')
    .addHelpText('after', '\nExample:\n  arraydrop projects list --search clinic')
    .action(async (options: ApiOptions & { search?: string }) => {
      const { search } = options
      const projects = await partnerClient(options).list<ProjectItem>(
        '/api/v2/projects/',
        { search },
        PROJECTS_MAX,
      )
      printList(
        projects,
        ({ created, id, sample_count, name, test }) => [
          created,
          id,
          String(sample_count),
          name,
          ...(test ? ['test'] : []),
        ],
        { json: options.json, none: 'No projects.' },
      )
    })
}

function createCommand(): Command {
  return withApiOptions(new Command('create'))
    .description('Create a project. The key must have the role manager for the whole organisation.')
    .argument('<name>', 'its name, as shown on the upload page')
    .option('--description <text>', 'what it is for')
    .option(...CAPABILITY_OPTION)
    .option('--test', 'for trying things out: short windows, and samples that are deleted after a day')
    .addHelpText(
      'after',
      `
Examples:
  arraydrop projects create 'Clinic' --description 'Samples of the clinic'
  arraydrop projects create 'Clinic, tests' --test`,
    )
    .action(
      async (
        name: string,
        options: ApiOptions & { description?: string; pipelineCapability?: string; test?: true },
      ) => {
        const { description, pipelineCapability, test } = options
        const client = partnerClient(options)
        const capability = pipelineCapability && (await findCapability(client, pipelineCapability)).id
        const project = await client.post<ProjectItem>('/api/v2/projects/', {
          name,
          description,
          test,
          pipeline_capabilities: capability,
        })
        const { id, created } = project
        print(
          options.json ? { ...project } : { id, name: project.name, test: project.test, created },
          options,
        )
      },
    )
}

function setCommand(): Command {
  return withApiOptions(new Command('set'))
    .description('Change settings of a project. The key must have the role manager.')
    .argument('<project>', 'its id')
    .argument('[setting=value...]', 'JSON values; anything else is taken as text')
    .option(...CAPABILITY_OPTION)
    .addHelpText(
      'after',
      "\nExample:\n  arraydrop projects set $PROJECT failure_redirect=immediate raw_file_days=30 'purpose=For your next visit.'",
    )
    .action(async (id: string, given: string[], options: ApiOptions & { pipelineCapability?: string }) => {
      const { pipelineCapability } = options
      if (given.length === 0 && pipelineCapability === undefined)
        throw misused('Name a setting=value or a --pipeline-capability')
      const settings = Object.fromEntries(given.map(settingOf))
      const client = partnerClient(options)
      const capability = pipelineCapability && (await findCapability(client, pipelineCapability))
      const project = await client.patch<ProjectItem>(`/api/v2/projects/${segment(id)}`, {
        ...(given.length > 0 ? { settings } : {}),
        ...(capability ? { pipeline_capabilities: capability.id } : {}),
      })
      const changed = Object.keys(settings).map((name) => [name, project.settings[name]])
      const shown = Object.fromEntries([
        ...changed,
        ...(capability ? [['pipeline_capability', capability.key]] : []),
      ])
      print(options.json ? { ...project } : shown, options)
    })
}

function statsCommand(): Command {
  return withApiOptions(new Command('stats'))
    .description('Count the samples of a project: all, by how they ended, and by failed check.')
    .argument('<project>', 'its id')
    .addHelpText('after', '\nExample:\n  arraydrop projects stats $PROJECT --json')
    .action(async (id: string, options: ApiOptions) => {
      const stats = await partnerClient(options).get<ProjectStats>(`/api/v2/project-stats/${segment(id)}`)
      if (options.json) return print(stats, options)
      const { counts, total_size, failed_qc_counts } = stats
      const checks = Object.entries(failed_qc_counts).map(([key, count]) => `${key} (${count})`)
      print({ ...counts, total_size, failed_checks: checks.join(', ') || '–' }, options)
    })
}

function deleteCommand(): Command {
  return withApiOptions(new Command('delete'))
    .description(
      'Delete projects for good, with every sample of them, their keys and webhooks. Deletes all of them or none. The key must have the role manager for the whole organisation.',
    )
    .argument('<project...>', 'their ids')
    .addHelpText('after', '\nExample:\n  arraydrop projects delete $PROJECT')
    .action(async (ids: string[], options: ApiOptions) => {
      await partnerClient(options).delete('/api/v2/projects-delete/', { project_ids: ids })
      print({ deleted: ids }, options)
    })
}

function settingOf(given: string): [name: string, value: unknown] {
  const [, name, value] = /^([a-z_]+)=(.*)$/s.exec(given) ?? []
  if (name === undefined || value === undefined)
    throw misused(`Not a setting=value: ${JSON.stringify(given)}`)
  try {
    return [name, JSON.parse(value)]
  } catch {
    return [name, value]
  }
}
