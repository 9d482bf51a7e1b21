import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Secrets } from '#lib/platform/secrets.ts'
import type { Clock } from '../clock.ts'
import type { Schema } from '../db/schema.ts'
import { loadOnce } from '../load-once.ts'
import type { Passwords } from '../passwords.ts'
import { authSecrets } from './auth-secrets.ts'
import { resealSecondFactors } from './reseal-second-factors.ts'
import type { SignIn, SignInAnswer } from './sign-in.ts'

interface Outside {
  db: Kysely<Schema>
  clock: Clock
  passwords: Passwords
  secrets: Secrets
  log: Logger
  env: { publicUrl: string }
  /** How long a session lasts: after its last request, and in all. */
  session: { idleSeconds: number; wholeSeconds: number }
}

const PREFIX = 'arraydrop'
/** Half minutes before and after the present one whose codes count: phones' clocks differ. */
const STEPS_AROUND = [-1, 0, 1]
const STEP_SECONDS = 30
const CODE_DIGITS = 6

/**
 * Sessions and second factors by better-auth, on our own tables: `app_user` stays the one table of people, its
 * passwords ours. A session begins only for people who are not disabled, and ends by the database's time. Nothing of
 * better-auth is loaded before the first sign-in.
 */
export function createSignIn(outside: Outside): SignIn {
  const auth = loadOnce(() => load(outside))
  const keys = authSecrets(outside.secrets)
  const secure = outside.env.publicUrl.startsWith('https:')
  const sessionCookie = `${secure ? '__Secure-' : ''}${PREFIX}.session_token`

  /** Whether this is the current code, or one half minute off, and was not used before. */
  async function countsNow(userId: string, code: string): Promise<boolean> {
    const { db } = outside
    const row = await db
      .selectFrom('user_second_factor')
      .select('secret')
      .where('user_id', '=', userId)
      .where('verified', '=', true)
      .executeTakeFirst()
    if (!row) return false
    const { symmetricDecrypt } = await import('better-auth/crypto')
    const secret = await symmetricDecrypt({
      key: {
        keys: new Map(keys.map(({ version, value }) => [version, value])),
        currentVersion: keys[0]!.version,
      },
      data: row.secret,
    })
    const now = Math.floor(Date.now() / 1_000 / STEP_SECONDS)
    const step = STEPS_AROUND.map((around) => now + around).find((each) =>
      sameText(codeOf(secret, each), code),
    )
    if (step === undefined) return false
    return takeCode(db, userId, step)
  }

  return {
    async withPassword(given, headers) {
      const { api } = await auth()
      const answer = await answerOf<{ user?: { id: string }; twoFactorRedirect?: boolean }>(
        api.signInEmail({ body: given, headers, asResponse: true }),
      )
      if (!answer.ok) return answer
      const { user, twoFactorRedirect } = answer.body
      return { ...answer, body: { userId: user?.id ?? null, secondFactor: twoFactorRedirect === true } }
    },

    async withCode({ kind, code }, headers) {
      const { api } = await auth()
      const request = { body: { code }, headers, asResponse: true as const }
      const answer = await answerOf<{ token: string; user: { id: string } }>(
        kind === 'totp' ? api.verifyTOTP(request) : api.verifyBackupCode(request),
      )
      if (!answer.ok) return answer
      const { token, user } = answer.body
      if (kind === 'recovery' || (await countsNow(user.id, code)))
        return { ...answer, body: { userId: user.id } }
      // A second use is refused: the code may have been read over a shoulder.
      await outside.db.deleteFrom('user_session').where('token', '=', token).execute()
      return { ok: false, status: 401, code: 'INVALID_CODE', cookies: [] }
    },

    async out(headers) {
      return answerOf((await auth()).api.signOut({ headers, asResponse: true }))
    },

    async readToken(cookie) {
      const signed = cookieValue(cookie, sessionCookie)
      const at = signed?.lastIndexOf('.') ?? -1
      if (!signed || at < 1) return undefined
      const token = signed.slice(0, at)
      // As better-call signs cookies: HMAC-SHA256 in base64. Only the newest secret signs, so only it verifies.
      const expected = createHmac('sha256', keys[0]!.value).update(token).digest()
      const given = Buffer.from(signed.slice(at + 1), 'base64')
      return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
    },

    async startSecondFactor(password, headers) {
      const { api } = await auth()
      const answer = await answerOf<{ totpURI: string; backupCodes: string[] }>(
        api.enableTwoFactor({ body: { password, method: 'totp' }, headers, asResponse: true }),
      )
      if (!answer.ok) return answer
      return { ...answer, body: { address: answer.body.totpURI, recoveryCodes: answer.body.backupCodes } }
    },
    async confirmSecondFactor(code, headers) {
      const { api } = await auth()
      const answer = await answerOf<{ user: { id: string } }>(
        api.verifyTOTP({ body: { code }, headers, asResponse: true }),
      )
      // It counts as used: the same code must not sign in as well.
      if (answer.ok) await countsNow(answer.body.user.id, code)
      return answer
    },
    async stopSecondFactor(password, headers) {
      return answerOf((await auth()).api.disableTwoFactor({ body: { password }, headers, asResponse: true }))
    },
    async renewRecoveryCodes(password, headers) {
      const { api } = await auth()
      const answer = await answerOf<{ backupCodes: string[] }>(
        api.generateBackupCodes({ body: { password }, headers, asResponse: true }),
      )
      return answer.ok ? { ...answer, body: { recoveryCodes: answer.body.backupCodes } } : answer
    },

    matchesCode: countsNow,
    reseal: () => resealSecondFactors(outside.db, outside.secrets),
  }
}

async function load({ db, clock, passwords, secrets, log, env, session: lasts }: Outside) {
  const [{ betterAuth }, { twoFactor }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins/two-factor'),
  ])
  return betterAuth({
    appName: 'Arraydrop',
    baseURL: env.publicUrl,
    basePath: '/api/auth',
    secrets: authSecrets(secrets),
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => {
        // Wrong passwords are routine, and their messages may quote what a person typed.
        if (level === 'error') log.error({ what: 'sign-in' }, String(message))
      },
    },
    // Counted by our verbs, for the address and for the person.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 256,
      password: {
        hash: (password) => passwords.hash(password),
        verify: ({ hash, password }) => passwords.matches(password, hash),
      },
    },
    user: {
      modelName: 'app_user',
      fields: { emailVerified: 'email_verified', createdAt: 'created', updatedAt: 'modified' },
    },
    account: {
      modelName: 'user_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        createdAt: 'created',
        updatedAt: 'modified',
      },
    },
    session: {
      modelName: 'user_session',
      fields: {
        expiresAt: 'expires_at',
        createdAt: 'created',
        updatedAt: 'modified',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
      },
      // Of the cookie: the database decides much earlier.
      expiresIn: lasts.wholeSeconds,
      disableSessionRefresh: true,
      freshAge: 0,
    },
    verification: {
      modelName: 'sign_in_verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created', updatedAt: 'modified' },
    },
    plugins: [
      twoFactor({
        issuer: 'Arraydrop',
        // No longer than any other wait: who knows the password must not keep its owner out.
        accountLockout: { durationSeconds: 60 },
        totpOptions: { digits: CODE_DIGITS, period: STEP_SECONDS },
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor' } },
          twoFactor: {
            modelName: 'user_second_factor',
            fields: {
              userId: 'user_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const user = await db
              .selectFrom('app_user')
              .select('disabled_at')
              .where('id', '=', session.userId)
              .executeTakeFirst()
            if (!user || user.disabled_at) return false
            const now = await clock.now()
            const expiresAt = new Date(now.getTime() + lasts.idleSeconds * 1_000)
            const userAgent = session.userAgent?.slice(0, 300) ?? null
            return { data: { ...session, createdAt: now, updatedAt: now, expiresAt, userAgent } }
          },
        },
      },
    },
    advanced: {
      cookiePrefix: PREFIX,
      useSecureCookies: env.publicUrl.startsWith('https:'),
      database: { generateId: 'uuid', validateSchema: false },
      ipAddress: { ipAddressHeaders: ['x-client-address'] },
    },
  })
}

/** `ok` with the parsed body, or the code that better-auth names; in both cases what it wants to set. */
async function answerOf<Body>(answering: Promise<Response>): Promise<SignInAnswer<Body>> {
  const response = await answering
  const cookies = response.headers.getSetCookie()
  const body = (await response.json().catch(() => ({}))) as Body & { code?: string }
  if (response.ok) return { ok: true, cookies, body }
  return { ok: false, status: response.status, code: body?.code ?? 'UNKNOWN', cookies }
}

/** One cookie of the header, decoded; undefined when it is not there or not decodable. */
function cookieValue(header: string | null, name: string): string | undefined {
  const found = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  if (!found) return undefined
  try {
    return decodeURIComponent(found.slice(name.length + 1))
  } catch {
    return undefined
  }
}

/** Time-based one-time password (RFC 6238, HMAC-SHA-1) of one half minute. */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const at = digest[digest.length - 1]! & 0xf
  const number = digest.readUInt32BE(at) & 0x7fffffff
  return String(number % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, '0')
}

/** By their digests, which have one length: texts of equal length may have bytes of different number. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))
const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** True for the first that uses this code of this person. */
async function takeCode(db: Kysely<Schema>, userId: string, step: number): Promise<boolean> {
  await db
    .deleteFrom('used_code')
    .where('user_id', '=', userId)
    .where('step', '<', step - 10)
    .execute()
  const used = await db
    .insertInto('used_code')
    .values({ user_id: userId, step })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (used.numInsertedOrUpdatedRows ?? 0n) > 0n
}
