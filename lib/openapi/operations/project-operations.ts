import { z } from 'zod'
import { QualityControlType } from '#lib/analysis/present-quality.ts'
import { AuditFilter, WireAuditEntry } from '#lib/audit/wire.ts'
import { QualityReportQuery } from '#lib/insights/quality-report.ts'
import {
  CapabilityFilter,
  NewProjectRequest,
  PipelineDetails,
  PipelineFilter,
  ProjectChange,
  ProjectDetails,
  ProjectFilter,
  ProjectIds,
  ProjectItem,
  WireCapability,
  WireOrganization,
  WirePipeline,
} from '#lib/projects/wire.ts'
import { WireSettings } from '#lib/projects/wire-settings.ts'
import { ProjectStats } from '#lib/samples/wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { listQuery, pageOf, placedPageOf, placedQuery } from '../page-of.ts'
import { SAMPLE_CONDITIONS } from './sample-operations.ts'

const PROJECTS = '/api/v2/projects/'
const CAPABILITIES = '/api/v2/pipeline-capabilities/'

// The document shows the settings that `SettingsChange` parses.
const settings = explained(WireSettings.partial(), {
  failure_redirect:
    'What a refusal of a chosen file does where the link has a `redirect_on_failure`. `person`: the page explains it and offers another attempt, and a button leads back. `immediate`: the person is sent there at once, with `reason`.',
  link_form:
    'Where new links carry their token. `query`: `?token=…`. `fragment`: `?sample=…#token=…`, of which no server, and so no log, ever sees the token.',
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

const NEW_FIELD_WORDS = {
  ...FIELD_WORDS,
  test: 'Ours. A project for trying things out: its links live for two minutes and stay open for five, `array-data-upload-form/{sample_id}/advance` lets time pass for them, the page says that it is a test, and its samples are deleted after a day. Cannot be changed later.',
}

const ITEM = explained(ProjectItem, {
  roles: 'Your own roles in the organisation and in the project.',
  default_for_array_data: 'Whether links minted without a project go here.',
  test: 'Ours. Whether it is a test project, which it is from its creation on, or never.',
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
    query: placedQuery(
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
    answer: { status: 200, words: 'A page of projects.', body: placedPageOf(item) },
  },
  {
    id: 'createProject',
    tag: 'Projects',
    method: 'POST',
    path: PROJECTS,
    right: 'project_write',
    summary: 'Create a project',
    body: named('NewProjectRequest', described(NewProjectRequest.extend({ settings }), NEW_FIELD_WORDS)),
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
    id: 'deleteProjects',
    tag: 'Projects',
    method: 'DELETE',
    path: '/api/v2/projects-delete/',
    right: 'project_write',
    summary: 'Delete projects for good',
    more: 'Deletes every sample of them, as `project-delete-samples` does, and the API keys, roles and subscriptions that belong to them alone. Needs access to every project. All of them or none.',
    body: named(
      'ProjectIds',
      described(ProjectIds, { project_ids: 'At most 20 projects: all of them or none.' }),
    ),
    answer: { status: 204, words: 'The projects are deleted.', body: null },
    refusals: { 404: 'One of the projects does not exist, or this caller may not see it.' },
    example: { project_ids: ['{project_id}'] },
  },
  {
    id: 'getProjectStats',
    tag: 'Projects',
    method: 'GET',
    path: '/api/v2/project-stats/{project_id}',
    right: 'sample_read',
    summary: 'Count the samples of a project',
    more: 'Hidden samples do not count unless you ask for them. `total_samples` also counts those that wait for data, whose link expired, or that were canceled.',
    query: SAMPLE_CONDITIONS,
    answer: {
      status: 200,
      words: 'Counts by status and by failed check.',
      body: named('ProjectStats', ProjectStats),
    },
  },
  {
    id: 'listQualityTypes',
    tag: 'Projects',
    method: 'GET',
    path: '/api/v2/project-qc-types/{project_id}',
    right: 'sample_read',
    summary: 'List the quality checks of a project',
    more: 'Checks of an operator’s own program are not listed: they are known only from its results.',
    query: listQuery(),
    answer: {
      status: 200,
      words: 'In the order of the checks.',
      body: pageOf(named('QualityControlType', QualityControlType)),
    },
  },
  {
    id: 'getQualityReport',
    tag: 'Projects',
    method: 'GET',
    path: '/api/v2/project-qc-report/{project_id}',
    right: 'sample_read',
    summary: 'Export what was measured as CSV',
    more: 'One row for each sample that is not hidden, newest first, at most 100,000. Columns of sequencing, such as `raw_coverage`, are accepted and empty. `sex_inconsistent`, `sex_undetermined` and `build_conflict` are true where the fault is there.',
    query: described(QualityReportQuery, {
      columns: 'Names separated by commas. A name that does not exist is refused with the list of all names.',
    }),
    answer: {
      status: 200,
      words: 'A header row, and one row for each sample.',
      body: named('QualityReport', z.string()),
      media: 'text/csv',
    },
  },
  {
    id: 'getOrganization',
    tag: 'Projects',
    method: 'GET',
    path: '/api/v2/organization/',
    right: null,
    summary: 'Get the organisation',
    more: 'One installation is one organisation. Nothing is archived, and uploads do not expire: the periods are 0.',
    answer: { status: 200, words: 'The organisation.', body: named('Organization', WireOrganization) },
  },
  {
    id: 'listPipelines',
    tag: 'Pipelines',
    method: 'GET',
    path: '/api/v2/pipeline/',
    right: 'sample_read',
    summary: 'List pipelines',
    more: 'There is one; its capabilities are what a project can be created with.',
    query: listQuery(
      described(PipelineFilter, { sort_by: 'Only `created`.', sort_order: 'Newest or oldest first.' }),
    ),
    answer: { status: 200, words: 'A page of pipelines.', body: pageOf(named('Pipeline', WirePipeline)) },
  },
  {
    id: 'getPipeline',
    tag: 'Pipelines',
    method: 'GET',
    path: '/api/v2/pipeline/{pipeline_id}',
    right: 'sample_read',
    summary: 'Get a pipeline',
    answer: {
      status: 200,
      words: 'The pipeline and its capabilities.',
      body: named('PipelineDetails', PipelineDetails),
    },
  },
  {
    id: 'listAudit',
    tag: 'Projects',
    method: 'GET',
    path: '/api/v2/project-audit/{project_id}',
    right: 'project_write',
    ours: true,
    summary: 'List the audit trail of a project',
    more: '`next` leads to the last entry however many there are; an `offset` beyond 10,000 is refused.',
    query: placedQuery(
      described(AuditFilter, {
        action: 'Only entries of this kind.',
        target: 'Only entries about this sample, file, key, person or subscription.',
        actor: 'Only what this person or API key did.',
        since: 'Entries at or after this time.',
        until: 'Entries before this time.',
      }),
    ),
    answer: { status: 200, words: 'Newest first.', body: placedPageOf(named('AuditEntry', WireAuditEntry)) },
  },
  {
    id: 'listPipelineCapabilities',
    tag: 'Pipelines',
    method: 'GET',
    path: CAPABILITIES,
    right: 'sample_read',
    summary: 'List pipeline capabilities',
    query: listQuery(described(CapabilityFilter, { search: 'Ids separated by commas, or part of a name.' })),
    answer: { status: 200, words: 'A page of pipeline capabilities.', body: pageOf(capability) },
  },
  {
    id: 'getPipelineCapability',
    tag: 'Pipelines',
    method: 'GET',
    path: `${CAPABILITIES}{capability_id}`,
    right: 'sample_read',
    summary: 'Get a pipeline capability',
    answer: { status: 200, words: 'It.', body: capability },
  },
]
