import { z } from 'zod'
import { RIGHTS, ROLES } from '#lib/access/role.ts'
import { BLANK, filled, text } from '#lib/wire/fields.ts'

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
