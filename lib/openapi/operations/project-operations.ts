import { AuditFilter, WireAuditEntry } from '#lib/audit/wire.ts'
import {
  CapabilityFilter,
  NewProjectRequest,
  ProjectChange,
  ProjectDetails,
  ProjectFilter,
  ProjectItem,
  WireCapability,
} from '#lib/projects/wire.ts'
import { WireSettings } from '#lib/projects/wire-settings.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { listQuery, pageOf } from '../page-of.ts'

const PROJECTS = '/api/v2/projects/'
const CAPABILITIES = '/api/v2/pipeline-capabilities/'

// The document shows the settings that `SettingsChange` parses.
const settings = explained(WireSettings.partial(), {
  failure_redirect:
    'What a refusal of a chosen file does where the link has a `redirect_on_failure`. `person`: the page explains it and offers another attempt, and a button leads back. `immediate`: the person is sent there at once, with `reason`.',
  button: 'Colour of the main button, used as it is; its label is black or white, whichever reads better.',
  purpose: 'One sentence for the person: what the file is for.',
  purposes:
    'The same sentence in other languages, by language tag: `{"de": "…", "pt-BR": "…"}`. Replaced as a whole.',
}).optional()
const FIELD_WORDS = {
  name: 'As people on the upload page see it.',
  description: 'What it is for.',
  pipeline_capabilities: 'What its samples are made from, as the id of a pipeline capability.',
  settings: 'Project settings: redirect origins, who may frame the page, quality thresholds and more.',
}

const ITEM = explained(ProjectItem, {
  roles: 'Your own roles in the organisation and in the project.',
  default_for_array_data: 'Whether links minted without a project go here.',
  settings: 'Its rules.',
})
const item = named('Project', ITEM)
const capability = named('PipelineCapability', WireCapability)

export const PROJECT_OPERATIONS: readonly Operation[] = [
  {
    id: 'listProjects',
    tag: 'Projects',
    method: 'GET',
    path: PROJECTS,
    right: 'sample_read',
    summary: 'List projects',
    more: 'The projects the caller may see.',
    query: listQuery(
      described(ProjectFilter, {
        search: 'Part of the name, or the id.',
        hidden_status: 'Accepted for compatibility; no project is ever hidden.',
        locked: 'Accepted for compatibility; no project is ever locked.',
        shared: 'Accepted for compatibility; no project is ever shared.',
        status: 'Accepted for compatibility: only `all`.',
        sort_by: 'What to sort by.',
        sort_order: 'Newest or oldest first.',
      }),
    ),
    answer: { status: 200, words: 'A page of projects.', body: pageOf(item) },
  },
  {
    id: 'createProject',
    tag: 'Projects',
    method: 'POST',
    path: PROJECTS,
    right: 'project_write',
    summary: 'Create a project',
    body: named('NewProjectRequest', described(NewProjectRequest.extend({ settings }), FIELD_WORDS)),
    answer: { status: 201, words: 'The project.', body: item },
    example: { name: 'Clinic', settings: { redirect_origins: ['https://clinic.example'] } },
  },
  {
    id: 'getProject',
    tag: 'Projects',
    method: 'GET',
    path: `${PROJECTS}{project_id}`,
    right: 'sample_read',
    summary: 'Get a project',
    answer: { status: 200, words: 'The project.', body: named('ProjectDetails', ProjectDetails) },
  },
  {
    id: 'changeProject',
    tag: 'Projects',
    method: 'PATCH',
    path: `${PROJECTS}{project_id}`,
    right: 'project_write',
    summary: 'Change a project',
    more: 'Fields you leave out keep their value. Unknown settings are refused.',
    body: named('ProjectChange', described(ProjectChange.extend({ settings }), FIELD_WORDS)),
    answer: { status: 200, words: 'The project.', body: item },
    example: { description: 'Samples of the clinic.' },
  },
  {
    id: 'listAudit',
    tag: 'Projects',
    method: 'GET',
    path: '/api/v2/project-audit/{project_id}',
    right: 'project_write',
    ours: true,
    summary: 'List the audit trail of a project',
    query: listQuery(
      described(AuditFilter, {
        action: 'Only entries of this kind.',
        target: 'Only entries about this sample, file, key, person or subscription.',
        actor: 'Only what this person or API key did.',
        since: 'Entries at or after this time.',
        until: 'Entries before this time.',
      }),
    ),
    answer: { status: 200, words: 'Newest first.', body: pageOf(named('AuditEntry', WireAuditEntry)) },
  },
  {
    id: 'listPipelineCapabilities',
    tag: 'Projects',
    method: 'GET',
    path: CAPABILITIES,
    right: 'sample_read',
    summary: 'List pipeline capabilities',
    query: listQuery(described(CapabilityFilter, { search: 'Ids separated by commas, or part of a name.' })),
    answer: { status: 200, words: 'A page of pipeline capabilities.', body: pageOf(capability) },
  },
  {
    id: 'getPipelineCapability',
    tag: 'Projects',
    method: 'GET',
    path: `${CAPABILITIES}{capability_id}`,
    right: 'sample_read',
    summary: 'Get a pipeline capability',
    answer: { status: 200, words: 'It.', body: capability },
  },
]
