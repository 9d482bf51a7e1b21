/** The result of signing in: cookies for the browser, or the reason for a refusal. */
export type SignInAnswer<Body = object> =
  | { ok: true; cookies: string[]; body: Body }
  | { ok: false; status: number; code: string; cookies: string[] }

export interface Credentials {
  email: string
  password: string
}

/** A code of the authenticator app, or one of the recovery codes. */
export interface SecondCode {
  kind: 'totp' | 'recovery'
  code: string
}

/**
 * Sessions by cookie and second factors. `headers` are those of the browser's request, `x-client-address` among them.
 * Who may sign in at all, and how long a session lasts, is decided by `SessionRules`.
 */
export interface SignIn {
  /** `userId` once signed in; `secondFactor` when a code is asked for. */
  withPassword(
    given: Credentials,
    headers: Headers,
  ): Promise<SignInAnswer<{ userId: string | null; secondFactor: boolean }>>
  /** The second step, known by its own cookie. */
  withCode(given: SecondCode, headers: Headers): Promise<SignInAnswer<{ userId: string }>>
  out(headers: Headers): Promise<SignInAnswer>
  /** The token of the session that the cookie names; undefined when it is not one that we signed. */
  readToken(cookie: string | null): Promise<string | undefined>

  /** A new secret for the authenticator app, as its `otpauth:` address, and ten recovery codes. Not on until confirmed. */
  startSecondFactor(
    password: string,
    headers: Headers,
  ): Promise<SignInAnswer<{ address: string; recoveryCodes: string[] }>>
  confirmSecondFactor(code: string, headers: Headers): Promise<SignInAnswer>
  stopSecondFactor(password: string, headers: Headers): Promise<SignInAnswer>
  renewRecoveryCodes(password: string, headers: Headers): Promise<SignInAnswer<{ recoveryCodes: string[] }>>
  /** Whether this is the person's code right now, for signing in without a browser. Each code counts once. */
  matchesCode(userId: string, code: string): Promise<boolean>
  /** After a rotation of APP_SECRET: seal second factors with its first secret; resolves with their number. */
  reseal(): Promise<number>
}
