/** A project, and things of it: each made anew where a request may use it up. */
export interface World {
  projectId: string
  project(): Promise<string>
  sample(): Promise<string>
  key(): Promise<string>
  subscription(): Promise<string>
  newSubscription(): Promise<string>
  notification(): Promise<string>
  unknown(): string
}

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = (typeof METHODS)[number]

export interface RouteCell {
  /** Null: any key. */
  right: 'sample_read' | 'upload_create' | 'run_analysis' | 'project_write' | 'user_manage' | 'public' | null
  /** Below `/api/v2/`, without a slash at its end. */
  path: (world: World) => string | Promise<string>
  body?: (world: World) => unknown
  /** The response to an allowed role. */
  ok: number
  /** Where a role that may gets another answer. */
  byRole?: Partial<Record<'viewer' | 'uploader' | 'analyst' | 'manager' | 'owner', number>>
  /** Answered to an owner's key of another project; 404 unless it is said. */
  elsewhere?: number
}

const reading = (path: RouteCell['path'], more: Partial<RouteCell> = {}): RouteCell => ({
  right: 'sample_read',
  path,
  ok: 200,
  ...more,
})

/** The same for every project. */
const general = (path: string): RouteCell => reading(() => path, { elsewhere: 200 })

const ofSample = (path: (id: string) => string) => reading(async ({ sample }) => path(await sample()))
const ofSubscription = (path: string) =>
  reading(async ({ subscription }) => `project-subscription-${path}/${await subscription()}`)

const writing = (cell: Partial<RouteCell> & Pick<RouteCell, 'path' | 'ok'>): RouteCell => ({
  right: 'project_write',
  ...cell,
})

const managing = (cell: Partial<RouteCell> & Pick<RouteCell, 'path' | 'ok'>): RouteCell => ({
  right: 'user_manage',
  elsewhere: 403,
  ...cell,
})

const signingIn = (path: string): { POST: RouteCell } => ({
  POST: { right: 'public', path: () => path, ok: 400, elsewhere: 400 },
})

/** Only its manager and its owner may know of a key that others made. */
const OTHERS_KEY = { viewer: 404, uploader: 404, analyst: 404 }

/** Every path of the partner API and every method it takes. A new route file fails its test until it stands here. */
export const ROUTES: Record<string, Partial<Record<Method, RouteCell>>> = {
  'array-data-upload-form': {
    POST: {
      right: 'upload_create',
      path: () => 'array-data-upload-form',
      body: ({ projectId }) => ({ project_id: projectId }),
      ok: 201,
      elsewhere: 400,
    },
  },
  'array-data-upload-form/[sampleId]': { GET: ofSample((id) => `array-data-upload-form/${id}`) },
  'array-data-upload-form/[sampleId]/cancel': {
    POST: {
      right: 'upload_create',
      path: async ({ sample }) => `array-data-upload-form/${await sample()}/cancel`,
      ok: 200,
    },
  },
  // For links of test projects, which lib/test-projects.db.test.ts looks at: here it is the right alone.
  'array-data-upload-form/[sampleId]/advance': {
    POST: {
      right: 'upload_create',
      path: async ({ sample }) => `array-data-upload-form/${await sample()}/advance`,
      ok: 409,
    },
  },
  samples: { GET: general('samples') },
  'samples-export': { GET: general('samples-export') },
  'sample-uploads/[sampleId]': { GET: ofSample((id) => `sample-uploads/${id}`) },
  'sample-runs/[sampleId]': { GET: ofSample((id) => `sample-runs/${id}`) },
  'sample-notifications/[sampleId]': { GET: ofSample((id) => `sample-notifications/${id}`) },
  insights: { GET: general('insights') },
  // What the whole installation has to do is for who reaches all of it.
  queues: { GET: reading(() => 'queues', { elsewhere: 403 }) },
  // Codes are handed from person to person and hold nothing of a project: any key may look.
  'doctor-reports/[code]': { GET: { right: null, path: () => 'doctor-reports/abcdefgh', ok: 404 } },
  'samples/[sampleId]': { GET: ofSample((id) => `samples/${id}`) },
  'sample-statuses/[sampleId]': { GET: ofSample((id) => `sample-statuses/${id}`) },
  'sample-quality-controls/[sampleId]': { GET: ofSample((id) => `sample-quality-controls/${id}`) },
  'sample-metadata/[sampleId]': {
    GET: ofSample((id) => `sample-metadata/${id}`),
    POST: {
      right: 'run_analysis',
      path: async ({ sample }) => `sample-metadata/${await sample()}`,
      body: () => ({ metadata: { a: 1 } }),
      ok: 201,
    },
  },
  // Only finished samples have files: here it is the right alone.
  'files/[file]': { GET: reading(({ unknown }) => `files/${unknown()}.sha256`, { ok: 404 }) },
  'file-types': { GET: general('file-types') },
  'project-samples/[projectId]': {
    GET: reading(({ projectId }) => `project-samples/${projectId}`),
    // What is done with uploads e2e/fastq-api.spec.ts looks at: here it is the right alone.
    POST: {
      right: 'run_analysis',
      path: ({ projectId }) => `project-samples/${projectId}`,
      body: () => ({ uploads: [], metadata: null }),
      ok: 201,
    },
  },
  'upload-credentials': {
    POST: { right: 'upload_create', path: () => 'upload-credentials', ok: 201, elsewhere: 201 },
  },
  'uploads-url': { POST: { right: 'upload_create', path: () => 'uploads-url', ok: 400, elsewhere: 400 } },
  uploads: { GET: general('uploads') },
  'uploads/[uploadId]': { GET: reading(({ unknown }) => `uploads/${unknown()}`, { ok: 404 }) },
  'sample-sheet': { GET: general('sample-sheet') },
  'uploads-delete-unassigned': {
    POST: { right: 'upload_create', path: () => 'uploads-delete-unassigned', ok: 400, elsewhere: 400 },
  },
  'project-cancel-samples/[projectId]': {
    POST: {
      right: 'run_analysis',
      path: ({ projectId }) => `project-cancel-samples/${projectId}`,
      body: async ({ sample }) => ({ sample_ids: [await sample()] }),
      ok: 200,
    },
  },
  // What becomes of failed samples lib/analysis/run-analysis.db.test.ts looks at: here it is the right alone.
  'project-rerun-samples/[projectId]': {
    POST: {
      right: 'run_analysis',
      path: ({ projectId }) => `project-rerun-samples/${projectId}`,
      body: async ({ sample }) => ({ sample_ids: [await sample()] }),
      ok: 400,
    },
  },
  'project-accept-samples/[projectId]': {
    POST: writing({
      path: ({ projectId }) => `project-accept-samples/${projectId}`,
      body: async ({ sample }) => ({ sample_ids: [await sample()], reason: 'known and harmless' }),
      ok: 400,
    }),
  },
  'project-hide-samples/[projectId]': {
    POST: writing({
      path: ({ projectId }) => `project-hide-samples/${projectId}`,
      body: async ({ sample }) => ({ sample_ids: [await sample()] }),
      ok: 204,
    }),
  },
  'project-unhide-samples/[projectId]': {
    POST: writing({
      path: ({ projectId }) => `project-unhide-samples/${projectId}`,
      body: async ({ sample }) => ({ sample_ids: [await sample()] }),
      ok: 204,
    }),
  },
  'project-delete-samples/[projectId]': {
    DELETE: writing({
      path: ({ projectId }) => `project-delete-samples/${projectId}`,
      body: async ({ sample }) => ({ sample_ids: [await sample()] }),
      ok: 204,
    }),
  },
  'project-audit/[projectId]': {
    GET: reading(({ projectId }) => `project-audit/${projectId}`, { right: 'project_write' }),
  },
  projects: {
    GET: general('projects'),
    // Whoever is bound to a project makes no other.
    POST: writing({ path: () => 'projects', body: () => ({ name: 'New' }), ok: 201, elsewhere: 403 }),
  },
  'projects/[projectId]': {
    GET: reading(({ projectId }) => `projects/${projectId}`),
    PATCH: writing({ path: ({ projectId }) => `projects/${projectId}`, ok: 200 }),
  },
  // Whoever is bound to a project deletes none.
  'projects-delete': {
    DELETE: writing({
      path: () => 'projects-delete',
      body: async ({ project }) => ({ project_ids: [await project()] }),
      ok: 204,
      elsewhere: 403,
    }),
  },
  'project-stats/[projectId]': { GET: reading(({ projectId }) => `project-stats/${projectId}`) },
  'project-quality/[projectId]': { GET: reading(({ projectId }) => `project-quality/${projectId}`) },
  'project-qc-types/[projectId]': { GET: reading(({ projectId }) => `project-qc-types/${projectId}`) },
  'project-qc-report/[projectId]': { GET: reading(({ projectId }) => `project-qc-report/${projectId}`) },
  organization: { GET: { right: null, path: () => 'organization', ok: 200, elsewhere: 200 } },
  pipeline: { GET: general('pipeline') },
  'pipeline/[pipelineId]': { GET: general('pipeline/6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a00') },
  'pipeline-capabilities': { GET: general('pipeline-capabilities') },
  'pipeline-capabilities/[capabilityId]': {
    GET: general('pipeline-capabilities/6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a01'),
  },
  user: { GET: { right: null, path: () => 'user', ok: 200, elsewhere: 200 } },
  'user-api-keys': {
    GET: { right: null, path: () => 'user-api-keys', ok: 200, elsewhere: 200 },
    POST: {
      right: null,
      path: () => 'user-api-keys',
      body: ({ projectId }) => ({ name: 'New', project_id: projectId }),
      ok: 201,
      elsewhere: 400,
    },
  },
  'user-api-keys/[keyId]': {
    PATCH: {
      right: null,
      path: async ({ key }) => `user-api-keys/${await key()}`,
      body: () => ({ revoked: true }),
      ok: 200,
      byRole: OTHERS_KEY,
    },
    DELETE: {
      right: null,
      path: async ({ key }) => `user-api-keys/${await key()}`,
      ok: 204,
      byRole: OTHERS_KEY,
    },
  },
  'user-api-keys/[keyId]/grants': {
    GET: {
      right: null,
      path: async ({ key }) => `user-api-keys/${await key()}/grants`,
      ok: 200,
      byRole: OTHERS_KEY,
    },
  },
  // People belong to the organisation: an owner of one project alone manages none.
  users: { GET: managing({ path: () => 'users', ok: 200 }) },
  'users/[userId]': { PATCH: managing({ path: ({ unknown }) => `users/${unknown()}`, ok: 404 }) },
  'user-reset-link/[userId]': {
    POST: managing({ path: ({ unknown }) => `user-reset-link/${unknown()}`, ok: 404 }),
  },
  'user-invitations': {
    GET: managing({ path: () => 'user-invitations', ok: 200 }),
    POST: managing({
      path: () => 'user-invitations',
      body: ({ unknown }) => ({ email: `${unknown()}@clinic.example`, role: 'viewer' }),
      ok: 201,
    }),
  },
  'user-invitations/[invitationId]': {
    DELETE: managing({ path: ({ unknown }) => `user-invitations/${unknown()}`, ok: 404 }),
  },
  // Only people have sessions, and here are only keys.
  'user-sessions': {
    GET: { right: null, path: () => 'user-sessions', ok: 403, elsewhere: 403 },
    DELETE: { right: null, path: () => 'user-sessions', ok: 403, elsewhere: 403 },
  },
  'user-sessions/[sessionId]': {
    DELETE: { right: null, path: ({ unknown }) => `user-sessions/${unknown()}`, ok: 403, elsewhere: 403 },
  },
  audit: { GET: { right: 'project_write', path: () => 'audit', ok: 200, elsewhere: 403 } },
  'jwt-create': signingIn('jwt-create'),
  'jwt-refresh': signingIn('jwt-refresh'),
  'jwt-verify': signingIn('jwt-verify'),
  'project-subscriptions/[projectId]': {
    GET: reading(({ projectId }) => `project-subscriptions/${projectId}`),
    POST: writing({
      path: ({ projectId }) => `project-subscriptions/${projectId}`,
      body: () => ({ target: 'https://partner.example/hook', event_types: ['analysis_complete_v2'] }),
      ok: 201,
    }),
  },
  'project-subscription-details/[subscriptionId]': {
    GET: ofSubscription('details'),
    PATCH: { ...ofSubscription('details'), right: 'project_write', body: () => ({ name: 'Other' }) },
    DELETE: writing({
      path: async ({ newSubscription }) => `project-subscription-details/${await newSubscription()}`,
      ok: 204,
    }),
  },
  'project-subscription-secret/[subscriptionId]': {
    POST: writing({
      path: async ({ newSubscription }) => `project-subscription-secret/${await newSubscription()}`,
      ok: 200,
    }),
  },
  'project-subscription-test/[subscriptionId]': {
    POST: { ...ofSubscription('test'), right: 'project_write', ok: 202 },
  },
  'project-subscription-notifications/[subscriptionId]': { GET: ofSubscription('notifications') },
  'project-subscription-resend/[subscriptionId]': {
    POST: {
      ...ofSubscription('resend'),
      right: 'project_write',
      body: () => ({ from: '2020-01-01T00:00:00Z' }),
      ok: 202,
    },
  },
  'project-subscription-event-types': { GET: general('project-subscription-event-types') },
  'notifications/[notificationId]': {
    GET: reading(async ({ notification }) => `notifications/${await notification()}`),
  },
  'notifications/[notificationId]/attempts': {
    GET: reading(async ({ notification }) => `notifications/${await notification()}/attempts`),
  },
  'notifications/[notificationId]/payload': {
    GET: reading(async ({ notification }) => `notifications/${await notification()}/payload`),
  },
  'notifications/[notificationId]/resend': {
    POST: writing({
      path: async ({ notification }) => `notifications/${await notification()}/resend`,
      ok: 202,
    }),
  },
  'openapi.json': {
    GET: { right: 'public', path: () => 'openapi.json', ok: 200, elsewhere: 200 },
  },
}
