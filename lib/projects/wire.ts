import { z } from 'zod'
import { RIGHTS, ROLES } from '#lib/access/role.ts'
import { parseRange } from '#lib/keys/ip-range.ts'
import { REQUESTS_PER_MINUTE_MAX } from '#lib/keys/request-limit.ts'
import { ARRAY_DATA, PIPELINE_CAPABILITIES, type PipelineCapability } from './pipeline-capability.ts'
import { SettingsChange, WireSettings } from './wire-settings.ts'

const REQUIRED = 'This field is required.'
const NULL = 'This field may not be null.'
const BLANK = 'This field may not be blank.'
const NOT_TEXT = 'Not a valid string.'

/** Words as Gencove's framework has them, for a field that is missing, null or of another type. */
const missing = (issue: { input?: unknown }) =>
  issue.input === undefined ? REQUIRED : issue.input === null ? NULL : NOT_TEXT

/** Neither NUL nor half a surrogate pair: the database takes no such text. */
const text = (charactersMax: number) =>
  z
    .string({ error: missing })
    .max(charactersMax, `Ensure this field has no more than ${charactersMax} characters.`)
    .refine((value) => !value.includes('\0') && value.isWellFormed(), NOT_TEXT)

const filled = (charactersMax: number) => text(charactersMax).trim().min(1, BLANK)
const Uuid = z.uuid({ error: 'Must be a valid UUID.' }).toLowerCase()

export const SignInRequest = z.object({
  email: filled(254).toLowerCase(),
  password: text(256).min(1, BLANK),
  otp_token: text(40).trim().nullish(),
})
export const RefreshRequest = z.object({ refresh: text(4_096).min(1, BLANK) })
export const VerifyRequest = z.object({ token: text(4_096).min(1, BLANK) })

/** Answer of `jwt-create/`. */
export const TokenPair = z.object({ refresh: z.string(), access: z.string() })
export type TokenPair = z.infer<typeof TokenPair>

/** Answer of `jwt-refresh/`. */
export const AccessToken = z.object({ access: z.string() })

/** Answer of `jwt-verify/`. */
export const TokenVerified = z.object({})

const Named = z.object({ id: z.uuid(), name: z.string() })

/** A project as lists, and the answer to a change, show it. */
export const ProjectItem = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  created: z.string(),
  modified: z.string(),
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
  /** Ours: what the project decides for itself. */
  settings: WireSettings,
})
export type ProjectItem = z.infer<typeof ProjectItem>

/** Answer of `GET projects/{id}`. */
export const ProjectDetails = ProjectItem.extend({ files: z.array(z.unknown()) })

const Capability = Uuid.refine(
  (id) => PIPELINE_CAPABILITIES.some((known) => known.id === id),
  'Invalid pk - object does not exist.',
)

export const NewProjectRequest = z.object({
  name: filled(254),
  description: text(10_000).default(''),
  pipeline_capabilities: Capability.default(ARRAY_DATA.id),
  settings: SettingsChange.default({}),
})

/** What is not named stays as it is. */
export const ProjectChange = z.object({
  name: filled(254).optional(),
  description: text(10_000).optional(),
  pipeline_capabilities: Capability.optional(),
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

const DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'
const RANGE = 'Enter networks in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32.'
const RANGES_MAX = 100

/** A day, or none. An empty text is none: forms cannot say null. */
const ExpiryDate = z
  .preprocess((value) => (value === '' ? null : value), z.iso.date({ error: DATE }).nullable())
  .default(null)

const IpRange = z
  .array(
    z.string({ error: RANGE }).transform((given, context) => {
      const range = parseRange(given.trim())
      if (range === undefined) context.addIssue({ code: 'custom', message: RANGE })
      return range ?? z.NEVER
    }),
    { error: 'Expected a list of items.' },
  )
  .max(RANGES_MAX, `Ensure this field has no more than ${RANGES_MAX} elements.`)
  .nullable()
  .default(null)

const REQUESTS = `Enter a whole number from 1 to ${REQUESTS_PER_MINUTE_MAX}, or nothing for the usual limit.`

export const NewKeyRequest = z.object({
  name: filled(50),
  expiry_date: ExpiryDate,
  ip_range: IpRange,
  /** Ours. Without it, the caller's own role. */
  role: z.enum(ROLES, `Choose one of ${ROLES.join(', ')}.`).optional(),
  /** Ours. Without it, the caller's own project, if it has one. */
  project_id: Uuid.nullable().optional(),
  /** Ours. Without it, the caller's own limit. */
  requests_per_minute: z
    .int(REQUESTS)
    .min(1, REQUESTS)
    .max(REQUESTS_PER_MINUTE_MAX, REQUESTS)
    .nullable()
    .default(null),
})

export const KeyChange = z.object({
  name: filled(50).optional(),
  revoked: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')], {
      error: 'Must be a valid boolean.',
    })
    .optional(),
})

/** An API key as lists show it: never the key itself. */
export const WireApiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  revoked: z.boolean(),
  /** Last day (UTC) on which it works. */
  expiry_date: z.iso.date().nullable(),
  has_expired: z.boolean(),
  ip_range: z.array(z.string()).nullable(),
  /** Ours, like all below. */
  role: z.enum(ROLES),
  project_id: z.uuid().nullable(),
  /** Null: the usual limit. */
  requests_per_minute: z.int().nullable(),
  created: z.string(),
  last_used_at: z.string().nullable(),
})
export type WireApiKey = z.infer<typeof WireApiKey>

/** Answer of `POST user-api-keys/`: the only place where the key is shown. */
export const NewApiKeyAnswer = WireApiKey.omit({
  revoked: true,
  has_expired: true,
  last_used_at: true,
}).extend({
  key: z.string(),
})
export type NewApiKeyAnswer = z.infer<typeof NewApiKeyAnswer>

/** Answer of `GET user/`. */
export const WireUser = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  uploads_enabled: z.boolean(),
  explorer_enabled: z.boolean(),
  created: z.string(),
  is_support: z.boolean(),
  /** Ours: on the organisation; null for somebody who is named in single projects only. */
  role: z.enum(ROLES).nullable(),
  /** Ours: what the caller may do in every project within reach. */
  rights: z.array(z.enum(RIGHTS)),
  /** Ours: what it may do besides, in single projects. */
  project_rights: z.record(z.uuid(), z.array(z.enum(RIGHTS))),
  /** Ours: signing in takes a code of an authenticator app. */
  second_factor: z.boolean(),
})
export type WireUser = z.infer<typeof WireUser>
