import { KeyChange, NewApiKeyAnswer, NewKeyRequest, WireApiKey } from '#lib/keys/wire.ts'
import {
  AccessToken,
  RefreshRequest,
  SignInRequest,
  TokenPair,
  TokenVerified,
  VerifyRequest,
  WireUser,
} from '#lib/people/token-wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { listQuery, pageOf } from '../page-of.ts'

const KEYS = '/api/v2/user-api-keys/'
const key = named('ApiKey', WireApiKey)

const signingIn = {
  tag: 'Keys and people',
  method: 'POST',
  right: 'public',
  idempotency: 'never',
} as const satisfies Partial<Operation>

export const KEY_OPERATIONS: readonly Operation[] = [
  {
    id: 'listApiKeys',
    tag: 'Keys and people',
    method: 'GET',
    path: KEYS,
    right: null,
    summary: 'List API keys',
    more: 'Those that work and that the caller may know of. No key itself is ever shown again.',
    query: listQuery(),
    answer: { status: 200, words: 'A page of keys.', body: pageOf(key) },
  },
  {
    id: 'createApiKey',
    tag: 'Keys and people',
    method: 'POST',
    path: KEYS,
    right: null,
    idempotency: 'never',
    summary: 'Create an API key',
    more: 'Never stronger than the caller, and never outside of what the caller sees.',
    body: named(
      'NewKeyRequest',
      described(NewKeyRequest, {
        name: 'What to call it.',
        expiry_date: 'Last day (UTC) on which it works; null for no end.',
        ip_range: 'Networks it may be used from, in CIDR notation; null for any.',
        role: "What it may do. Without it, the caller's own role.",
        project_id: "The one project it sees. Without it, the caller's own, if there is one.",
        requests_per_minute:
          "How often it may ask; without it, as often as the caller. More than the caller's own limit takes an owner.",
      }),
    ),
    answer: {
      status: 201,
      words: 'The key, shown this once.',
      body: named('NewApiKey', explained(NewApiKeyAnswer, { key: 'The key itself. Keep it.' })),
    },
    example: { name: 'Order service', expiry_date: '2031-01-31', ip_range: null },
  },
  {
    id: 'changeApiKey',
    tag: 'Keys and people',
    method: 'PATCH',
    path: `${KEYS}{key_id}`,
    right: null,
    summary: 'Rename or revoke an API key',
    body: named(
      'KeyChange',
      described(KeyChange, { name: 'What to call it.', revoked: 'True makes it stop working, for good.' }),
    ),
    answer: { status: 200, words: 'The key.', body: key },
    example: { name: 'Order service, old' },
  },
  {
    id: 'revokeApiKey',
    tag: 'Keys and people',
    method: 'DELETE',
    path: `${KEYS}{key_id}`,
    right: null,
    ours: true,
    summary: 'Revoke an API key',
    answer: { status: 204, words: 'It has stopped working.', body: null },
  },
  {
    id: 'getUser',
    tag: 'Keys and people',
    method: 'GET',
    path: '/api/v2/user/',
    right: null,
    summary: 'Get who calls',
    answer: { status: 200, words: 'A person, or the key itself.', body: named('User', WireUser) },
  },
  {
    ...signingIn,
    id: 'createTokens',
    path: '/api/v2/jwt-create/',
    summary: 'Sign in',
    body: named(
      'SignInRequest',
      described(SignInRequest, {
        email: 'Email address of a person.',
        password: 'Their password.',
        otp_token: 'A code of their authenticator app, where they have one.',
      }),
    ),
    answer: { status: 200, words: 'Two tokens.', body: named('TokenPair', TokenPair) },
    refusals: { 401: 'Wrong password, or nobody has this address.', 429: 'Ten tries a minute are enough.' },
    example: { email: '{email}', password: '{password}' },
  },
  {
    ...signingIn,
    id: 'refreshToken',
    path: '/api/v2/jwt-refresh/',
    summary: 'Get a new access token',
    body: named('RefreshRequest', described(RefreshRequest, { refresh: 'The refresh token.' })),
    answer: { status: 200, words: 'An access token.', body: named('AccessToken', AccessToken) },
    refusals: { 401: 'The token is worth nothing, or nothing any more.' },
    example: { refresh: '{refresh}' },
  },
  {
    ...signingIn,
    id: 'verifyToken',
    path: '/api/v2/jwt-verify/',
    summary: 'Ask whether a token still counts',
    body: named('VerifyRequest', described(VerifyRequest, { token: 'A token of either kind.' })),
    answer: { status: 200, words: 'It does.', body: named('TokenVerified', TokenVerified) },
    refusals: { 401: 'It does not.' },
    example: { token: '{token}' },
  },
]
