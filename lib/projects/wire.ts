import { z } from 'zod'
import { filled, flag, listOf, Named, Uuid, UuidOfTools, WireTime, words } from '#lib/wire/fields.ts'
import { choice, QueryFlag, SortOrder, searchText } from '#lib/wire/query-fields.ts'
import { ARRAY_DATA, type PipelineCapability } from './pipeline-capability.ts'
import { SettingsChange, WireSettings } from './wire-settings.ts'

/** A project as lists, and the answer to a change, show it. */
export const ProjectItem = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  created: WireTime,
  modified: WireTime,
  hidden: z.boolean(),
  organization: z.uuid(),
  organization_name: z.string(),
  sample_count: z.int(),
  hidden_sample_count: z.int(),
  pipeline_capabilities: z.uuid(),
  project_modifications: z.array(z.unknown()),
  /** The caller's own: on the organisation, and where there is one on the project. */
  roles: z.object({ organization: Named.nullable(), project: Named.optional() }),
  webhook_url: z.literal(''),
  is_shared: z.boolean(),
  locked: z.boolean(),
  /** Ours: where samples go that were minted without a project. */
  default_for_array_data: z.boolean(),
  /** Ours: for trying things out. */
  test: z.boolean(),
  /** Ours: what the project decides for itself. */
  settings: WireSettings,
})
export type ProjectItem = z.infer<typeof ProjectItem>

/** Answer of `GET projects/{id}`. */
export const ProjectDetails = ProjectItem.extend({ files: z.array(z.unknown()) })

export const NewProjectRequest = z.strictObject({
  name: filled(254),
  description: words(10_000).default(''),
  /** Whether there is such a capability is checked by the verbs: panels are known at run time. */
  pipeline_capabilities: Uuid.default(ARRAY_DATA.id),
  test: flag().default(false),
  settings: SettingsChange.default({}),
})

/** Fields of a project that nobody sets, and those that have the same value in each. */
export const PROJECT_NEVER_SET = [
  'id',
  'created',
  'modified',
  'organization',
  'organization_name',
  'sample_count',
  'hidden_sample_count',
  'roles',
  'files',
]
export const PROJECT_CONSTANTS = {
  hidden: false,
  project_modifications: [],
  webhook_url: '',
  is_shared: false,
  locked: false,
}

/** What is not named stays as it is. */
export const ProjectChange = z.strictObject({
  name: filled(254).optional(),
  description: words(10_000).optional(),
  pipeline_capabilities: Uuid.optional(),
  settings: SettingsChange.optional(),
})

export const WireCapability = z.object({
  id: z.uuid(),
  name: z.string(),
  key: z.string(),
  private: z.boolean(),
  merge_vcfs_enabled: z.boolean(),
  supported_project_modifications: z.array(z.unknown()),
  modifications_enabled: z.boolean(),
  species: z.string(),
  pipeline_category: z.string().nullable(),
  description_markdown: z.string().nullable(),
  datasets: z.null(),
  steps: z.null(),
})

/** An item of `GET pipeline/`. */
export const WirePipeline = z.object({ id: z.uuid(), version: z.string() })

/** Answer of `GET pipeline/{id}`. */
export const PipelineDetails = WirePipeline.extend({ capabilities: z.array(WireCapability) })

/** Query of `GET pipeline/`: there is one, so no order changes anything. */
export const PipelineFilter = z.object({
  sort_by: choice(['created']).default('created'),
  sort_order: SortOrder,
})

/** Answer of `GET organization/`. */
export const WireOrganization = z.object({
  id: z.uuid(),
  name: z.string(),
  expire_uploads_period_days: z.int(),
  archive_period_days: z.int(),
  archive_restore_period_days: z.int(),
  /** The caller's own; null for a person who is named in single projects only. */
  roles: z.object({ organization: Named.nullable() }),
  uploads_enabled: z.boolean(),
  delete_samples_enabled: z.boolean(),
  project_sharing_enabled: z.boolean(),
  account_on_hold: z.boolean(),
  organization_type: z.enum(['enterprise', 'consumer', 'consumer_provider']),
})
export type WireOrganization = z.infer<typeof WireOrganization>

/** Projects of one deletion: each may have many samples, and all of them go in one transaction. */
const PROJECTS_MAX = 20

/** Body of `DELETE projects-delete/`. */
export const ProjectIds = z.object({ project_ids: listOf(UuidOfTools, PROJECTS_MAX) })

export const presentCapability = ({
  id,
  name,
  key,
  description,
}: PipelineCapability): z.infer<typeof WireCapability> => ({
  id,
  name,
  key,
  private: false,
  merge_vcfs_enabled: false,
  supported_project_modifications: [],
  modifications_enabled: false,
  species: 'human',
  pipeline_category: 'Human Genomics',
  description_markdown: description,
  datasets: null,
  steps: null,
})

/** Filters of the list of projects, Gencove's and no others. */
export const ProjectFilter = z.object({
  /** Part of the name, or the id. */
  search: searchText(255),
  /** No project is ever hidden. */
  hidden_status: choice(['all', 'hidden', 'visible']).default('all'),
  /** Nor locked, nor shared. */
  locked: QueryFlag.optional(),
  shared: QueryFlag.optional(),
  /** Projects have no status of their own: only `all` means something. */
  status: choice(['all']).default('all'),
  sort_by: choice(['created', 'modified', 'name', 'pipeline_capabilities']).default('created'),
  sort_order: SortOrder,
})
export type ProjectFilter = z.output<typeof ProjectFilter>

/** Filter of the list of pipeline capabilities: as many ids as a page of Gencove's command line asks for, and more. */
export const CapabilityFilter = z.object({ search: searchText(8_000) })
