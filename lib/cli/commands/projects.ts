import { Command } from 'commander'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { misused } from '../failure.ts'
import { type ApiOptions, partnerClient, segment, withApiOptions } from '../partner-client.ts'
import { print, printList } from '../print.ts'

const PROJECTS_MAX = 10_000

/** `arraydrop projects …`. */
export function projectsCommand(): Command {
  return new Command('projects')
    .description('Projects: who owns samples, and their settings.')
    .addCommand(listCommand())
    .addCommand(createCommand())
    .addCommand(setCommand())
}

function listCommand(): Command {
  return withApiOptions(new Command('list'))
    .description('List the projects the key sees: creation, id, samples, name.')
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
        ({ created, id, sample_count, name }) => [created, id, String(sample_count), name],
        { json: options.json, none: 'No projects.' },
      )
    })
}

function createCommand(): Command {
  return withApiOptions(new Command('create'))
    .description('Create a project. The key must have the role manager for the whole organisation.')
    .argument('<name>', 'its name, as shown on the upload page')
    .option('--description <text>', 'what it is for')
    .addHelpText(
      'after',
      "\nExample:\n  arraydrop projects create 'Clinic' --description 'Samples of the clinic'",
    )
    .action(async (name: string, options: ApiOptions & { description?: string }) => {
      const { description } = options
      const project = await partnerClient(options).post<ProjectItem>('/api/v2/projects/', {
        name,
        description,
      })
      const { id, created } = project
      print(options.json ? { ...project } : { id, name: project.name, created }, options)
    })
}

function setCommand(): Command {
  return withApiOptions(new Command('set'))
    .description('Change settings of a project. The key must have the role manager.')
    .argument('<project>', 'its id')
    .argument('<setting=value...>', 'JSON values; anything else is taken as text')
    .addHelpText(
      'after',
      "\nExample:\n  arraydrop projects set $PROJECT failure_redirect=immediate raw_file_days=30 'purpose=For your next visit.'",
    )
    .action(async (id: string, given: string[], options: ApiOptions) => {
      const settings = Object.fromEntries(given.map(settingOf))
      const project = await partnerClient(options).patch<ProjectItem>(`/api/v2/projects/${segment(id)}`, {
        settings,
      })
      const changed = Object.keys(settings).map((name) => [name, project.settings[name]])
      print(options.json ? { ...project } : Object.fromEntries(changed), options)
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
