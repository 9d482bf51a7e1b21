import { Command } from 'commander'
import type { ProjectItem } from '#lib/projects/wire.ts'
import { type ApiOptions, partnerClient, withApiOptions } from '../partner-client.ts'
import { print, printList } from '../print.ts'

const PROJECTS_MAX = 10_000

/** `arraydrop projects …`. */
export function projectsCommand(): Command {
  return new Command('projects')
    .description('Projects: who owns samples, and their settings.')
    .addCommand(listCommand())
    .addCommand(createCommand())
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
