import { Command, InvalidArgumentError, Option } from 'commander'
import { ROLES, type Role } from '#lib/access/role.ts'
import { ROWS_MIN } from '#lib/genotype/limits.ts'
import { revokeApiKey } from '#lib/keys/change-api-key.ts'
import { createApiKey } from '#lib/keys/create-api-key.ts'
import { parseIpRange } from '#lib/keys/ip-range.ts'
import { createProject } from '#lib/projects/create-project.ts'
import { findProject } from '#lib/projects/find-project.ts'
import { ARRAY_DATA, type PipelineCapability } from '#lib/projects/pipeline-capability.ts'
import { FAILURE_REDIRECTS, type FailureRedirect, LINK_FORMS, type LinkForm } from '#lib/projects/project.ts'
import type { Services } from '#lib/services.ts'
import packageJson from '../../../package.json' with { type: 'json' }
import { nameInstallation } from '../name-installation.ts'
import { print } from '../print.ts'
import { withSystem } from '../with-system.ts'
import { archiveAuditCommand } from './admin-archive-audit.ts'
import { backupCommand, restoreCommand } from './admin-backup.ts'
import { checkPanelCommand, preparePanelCommand } from './admin-panel.ts'
import { rebuildInsightsCommand } from './admin-rebuild-insights.ts'
import { rotateSecretCommand } from './admin-rotate-secret.ts'
import { createUserCommand, disableUserCommand, resetLinkCommand } from './admin-users.ts'
import { verifyAuditCommand } from './admin-verify-audit.ts'

/** `arraydrop admin …`: works directly on the database of this installation, also while the server runs. */
export function adminCommand(): Command {
  return new Command('admin')
    .description(
      'Manage this installation: the one in DATA_DIR or DATABASE_URL, which every command names. Works while the server runs.',
    )
    .hook('preAction', (_, command) => {
      if (!command.name().endsWith('-panel')) nameInstallation()
    })
    .addCommand(createApiKeyCommand())
    .addCommand(revokeApiKeyCommand())
    .addCommand(createProjectCommand())
    .addCommand(createUserCommand())
    .addCommand(disableUserCommand())
    .addCommand(resetLinkCommand())
    .addCommand(migrateCommand())
    .addCommand(rotateSecretCommand())
    .addCommand(verifyAuditCommand())
    .addCommand(archiveAuditCommand())
    .addCommand(rebuildInsightsCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(preparePanelCommand())
    .addCommand(checkPanelCommand())
}

const jsonOption = () => new Option('--json', 'print one line of JSON')

/** Every start does so; the command is for a role that only upgrades. */
function migrateCommand(): Command {
  return new Command('migrate')
    .description(
      'Bring the database to this version; needed only where the service may not change its schema.',
    )
    .addOption(jsonOption())
    .action(async (options: { json?: boolean }) => {
      await withSystem(async () => {})
      print({ version: packageJson.version, up_to_date: true }, options)
    })
}

function createApiKeyCommand(): Command {
  return new Command('create-api-key')
    .description('Create an API key. It is printed once and cannot be shown again.')
    .option('--project <name or id>', 'bind the key to one project; by default it sees every project')
    .addOption(new Option('--role <role>', 'role of the key').choices([...ROLES]).default('analyst'))
    .option('--name <name>', 'what to call the key', 'command line')
    .option('--expires <date>', 'when it stops working, such as 2027-01-31', parseDate)
    .option('--ip-range <network...>', 'networks it may be used from, such as 203.0.113.0/24', collectRange)
    .option('--requests-per-minute <number>', 'how many requests it may make; 600 by default', parseRequests)
    .addOption(jsonOption())
    .action(async (options: KeyOptions) => {
      const created = await withSystem(async (services) => {
        const project =
          options.project === undefined ? undefined : await findProject(services, options.project)
        const { role, name, expires, ipRange, requestsPerMinute } = options
        return createApiKey(services, {
          name,
          role,
          projectId: project?.id ?? null,
          expiresAt: expires ?? null,
          ipRanges: ipRange ?? null,
          requestsPerMinute: requestsPerMinute ?? null,
        })
      })
      print({ ...created }, options)
    })
}

interface KeyOptions {
  project?: string
  role: Role
  name: string
  expires?: Date
  ipRange?: string[]
  requestsPerMinute?: number
  json?: boolean
}

function revokeApiKeyCommand(): Command {
  return new Command('revoke-api-key')
    .description('Revoke an API key at once.')
    .argument('<id>', 'id of the key, as create-api-key printed it')
    .addOption(jsonOption())
    .action(async (id: string, options: { json?: boolean }) => {
      await withSystem((services) => revokeApiKey(services, id))
      print({ id, revoked: true }, options)
    })
}

function createProjectCommand(): Command {
  return new Command('create-project')
    .description('Create a project.')
    .argument('<name>', 'its name, as people on the upload page see it')
    .option('--description <text>', 'what it is for', '')
    .option('--redirect-origin <origin...>', 'origins a redirect may lead to; by default any https origin')
    .option('--frame-origin <source...>', 'who may frame the upload page; by default any https page')
    .option('--rows-min <rows>', 'files with fewer rows count as truncated', parseRows, ROWS_MIN)
    .addOption(
      new Option('--policy <policy>', 'how strictly to check that a file is unmodified')
        .choices(['strict', 'forgiving'])
        .default('strict'),
    )
    .addOption(
      new Option('--failure-redirect <when>', 'when a refused person leaves for redirect_on_failure')
        .choices(FAILURE_REDIRECTS)
        .default('person'),
    )
    .addOption(
      new Option('--link-form <where>', 'where its links carry their token')
        .choices(LINK_FORMS)
        .default('query'),
    )
    .option(
      '--pipeline-capability <id or key>',
      'what is done with its samples; without it array data, not imputed',
    )
    .option('--test', 'for trying things out: short windows, and samples that are deleted after a day')
    .option('--call-rate-min <share>', 'samples with a lower call rate end in failed qc', parseShare, 0.9)
    .addOption(jsonOption())
    .action(async (name: string, options: ProjectOptions) => {
      const project = await withSystem(async (services) =>
        createProject(services, {
          name,
          pipelineCapabilities: findCapability(services, options.pipelineCapability).id,
          description: options.description,
          test: options.test ?? false,
          settings: {
            rowsMin: options.rowsMin,
            callRateMin: options.callRateMin,
            policy: options.policy,
            failureRedirect: options.failureRedirect,
            linkForm: options.linkForm,
            redirectOrigins: (options.redirectOrigin ?? []).map(parseOrigin),
            frameOrigins: options.frameOrigin ?? [],
          },
        }),
      )
      const { id, isArrayDefault, isTest } = project
      print({ id, name: project.name, default_for_array_data: isArrayDefault, test: isTest }, options)
    })
}

interface ProjectOptions {
  description: string
  redirectOrigin?: string[]
  frameOrigin?: string[]
  rowsMin: number
  callRateMin: number
  policy: 'strict' | 'forgiving'
  failureRedirect: FailureRedirect
  linkForm: LinkForm
  pipelineCapability?: string
  test?: true
  json?: boolean
}

function findCapability(
  { capabilities }: Pick<Services, 'capabilities'>,
  wanted: string = ARRAY_DATA.id,
): PipelineCapability {
  const found = capabilities.find(({ id, key }) => id === wanted.toLowerCase() || key === wanted)
  if (found) return found
  const known = capabilities.map(({ key }) => `  ${key}`).join('\n')
  throw new Error(`There is no capability ${JSON.stringify(wanted)} here. There are:\n${known}`)
}

function parseDate(text: string): Date {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('Give a date, such as 2027-01-31.')
  return date
}

function collectRange(text: string, before: string[] = []): string[] {
  const range = parseIpRange(text)
  if (range === undefined) throw new InvalidArgumentError('Give a network, such as 203.0.113.0/24.')
  return [...before, range]
}

function parseRequests(text: string): number {
  const requests = Number(text)
  if (!Number.isInteger(requests) || requests < 1 || requests > 1_000_000)
    throw new InvalidArgumentError('Give a whole number of requests, from 1 to 1000000.')
  return requests
}

function parseRows(text: string): number {
  const rows = Number(text)
  if (!Number.isInteger(rows) || rows < 1)
    throw new InvalidArgumentError('Give a whole number of rows, at least 1.')
  return rows
}

function parseShare(text: string): number {
  const share = Number(text)
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError('Give a share between 0 and 1.')
  return share
}

function parseOrigin(text: string): string {
  if (!URL.canParse(text) || new URL(text).origin !== text.replace(/\/$/, '')) {
    throw new InvalidArgumentError(
      `${JSON.stringify(text)} is not an origin, such as https://partner.example.`,
    )
  }
  return new URL(text).origin
}
