import { z } from 'zod'
import { RIGHTS, ROLES } from '#lib/access/role.ts'
import { BLANK, filled, flag, missing, text, Uuid, WireTime, wireTime, words } from '#lib/wire/fields.ts'
import { QueryTime, QueryUuid, searchText } from '#lib/wire/query-fields.ts'
import type { LinkKind } from './sign-in-link.ts'
import type { SignInLink } from './sign-in-links-table.ts'
import { EMAIL_CHARACTERS_MAX, Email, NewPassword, PASSWORD_CHARACTERS_MAX } from './user.ts'
import type { UserSession } from './user-sessions-table.ts'
import type { User } from './users-table.ts'

const Password = text(PASSWORD_CHARACTERS_MAX).min(1, BLANK)

export const SignInRequest = z.object({
  email: filled(EMAIL_CHARACTERS_MAX).toLowerCase(),
  password: Password,
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

/** Answer of `GET user/`. */
export const WireUser = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  uploads_enabled: z.boolean(),
  explorer_enabled: z.boolean(),
  created: WireTime,
  is_support: z.boolean(),
  /** Ours: on the organisation; null for a person with roles in single projects only. */
  role: z.enum(ROLES).nullable(),
  /** Ours: what the caller may do in every project within reach. */
  rights: z.array(z.enum(RIGHTS)),
  /** Ours: what it may do besides, in single projects. */
  project_rights: z.record(z.uuid(), z.array(z.enum(RIGHTS))),
  /** Ours: signing in takes a code of an authenticator app. */
  second_factor: z.boolean(),
})
export type WireUser = z.infer<typeof WireUser>

const NAME_CHARACTERS_MAX = 120
const ROLE_WORDS = `Choose one of ${ROLES.join(', ')}.`

const Name = words(NAME_CHARACTERS_MAX)
const GivenName = filled(NAME_CHARACTERS_MAX)
const RoleName = z.enum(ROLES, ROLE_WORDS)
/** Only ever hashed, so any text may come: an unknown token is 410 like a used one. */
const Token = z.string({ error: missing() }).max(200)
const Code = filled(40)

const ProjectRole = z.strictObject({ project: Uuid, role: RoleName })
const PROJECT_ROLES_MAX = 100

/** A person as people managers see them. */
export const WirePerson = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  /** On the organisation; null for a person with roles in single projects only. */
  role: z.enum(ROLES).nullable(),
  project_roles: z.array(z.object({ project: z.uuid(), role: z.enum(ROLES) })),
  second_factor: z.boolean(),
  created: WireTime,
  disabled_at: WireTime.nullable(),
  last_seen_at: WireTime.nullable(),
})
export type WirePerson = z.infer<typeof WirePerson>

export const PeopleFilter = z.object({ search: searchText(254) })

/** What is not named stays as it is. */
export const PersonChange = z.strictObject({
  name: Name.optional(),
  role: RoleName.nullable().optional(),
  project_roles: z.array(ProjectRole).max(PROJECT_ROLES_MAX).optional(),
  disabled: flag().optional(),
  /** Only false: it cannot be switched on for another person. */
  second_factor: z.literal(false, 'It can only be switched off.').optional(),
})

export const InvitationRequest = z.strictObject({
  email: Email,
  role: RoleName,
  /** Null: in every project. */
  project_id: Uuid.nullable().default(null),
  /** Sooner than the week that it works by itself; later changes nothing. */
  expires_at: QueryTime.optional(),
})

export const WireInvitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: z.enum(ROLES),
  project_id: z.uuid().nullable(),
  created: WireTime,
  expires_at: WireTime,
})
export type WireInvitation = z.infer<typeof WireInvitation>

/** Answer of `POST user-invitations/`: the only place where the link is shown. */
export const NewInvitationAnswer = WireInvitation.extend({ url: z.string() })
export const ResetLinkAnswer = z.object({ url: z.string(), expires_at: WireTime })

/** As many keys and links as are listed of what a key handed out. */
export const GRANTS_MAX = 100

/** Answer of `GET user-api-keys/{id}/grants`: what ends when the key is revoked. */
export const WireGrants = z.object({
  keys: z.array(z.object({ id: z.uuid(), name: z.string(), prefix: z.string(), role: z.enum(ROLES) })),
  invitations: z.array(WireInvitation),
  reset_links: z.int(),
})
export type WireGrants = z.infer<typeof WireGrants>

export const WireUserSession = z.object({
  id: z.uuid(),
  created: WireTime,
  last_seen_at: WireTime,
  expires_at: WireTime,
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
  /** Whether this is the session that made the request. */
  current: z.boolean(),
})
export type WireUserSession = z.infer<typeof WireUserSession>
export const SessionsEnded = z.object({ ended: z.int() })
export const SessionsFilter = z.object({ user: QueryUuid.optional() })

// The console's own protocol, below /api/auth.
export const PasswordSignIn = z.object({
  email: text(EMAIL_CHARACTERS_MAX).trim().toLowerCase(),
  password: Password,
})
export const CodeSignIn = z.object({ code: Code })
export const FirstOwnerRequest = z.object({
  token: Token,
  name: GivenName,
  email: Email,
  password: NewPassword,
})
export const AcceptRequest = z.object({ token: Token, name: GivenName, password: NewPassword })
export const ResetRequest = z.object({ token: Token, password: NewPassword })
export const PasswordChange = z.object({ current_password: Password, new_password: NewPassword })
export const ProfileChange = z.object({ name: GivenName })
export const PasswordOnly = z.object({ password: Password })

export const presentPerson = (user: User, lastSeen: Date | undefined): WirePerson => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  project_roles: Object.entries(user.projectRoles).map(([project, role]) => ({ project, role })),
  second_factor: user.secondFactor,
  created: wireTime(user.created),
  disabled_at: user.disabledAt && wireTime(user.disabledAt),
  last_seen_at: lastSeen ? wireTime(lastSeen) : null,
})

export const presentInvitation = (link: SignInLink): WireInvitation => ({
  id: link.id,
  email: link.email ?? '',
  role: link.role!,
  project_id: link.projectId,
  created: wireTime(link.created),
  expires_at: wireTime(link.expiresAt),
})

export const presentGrants = (
  keys: readonly WireGrants['keys'][number][],
  links: readonly (SignInLink & { kind: LinkKind })[],
): WireGrants => ({
  keys: keys.map(({ id, name, prefix, role }) => ({ id, name, prefix, role })),
  invitations: links.filter(({ kind }) => kind === 'invitation').map(presentInvitation),
  reset_links: links.filter(({ kind }) => kind === 'reset').length,
})

export const presentUserSession = (session: UserSession, currentId: string | undefined): WireUserSession => ({
  id: session.id,
  created: wireTime(session.created),
  last_seen_at: wireTime(session.seenAt),
  expires_at: wireTime(session.expiresAt),
  ip_address: session.ipAddress || null,
  user_agent: session.userAgent || null,
  current: session.id === currentId,
})
