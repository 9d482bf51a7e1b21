import { KeyChange, NewApiKeyAnswer, NewKeyRequest, WireApiKey } from '#lib/keys/wire.ts'
import {
  AccessToken,
  RefreshRequest,
  SignInRequest,
  TokenPair,
  TokenVerified,
  VerifyRequest,
  WireGrants,
  WireUser,
} from '#lib/people/wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { placedPageOf, placedQuery } from '../page-of.ts'

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
    more: 'Active keys the caller may see. The key itself is never shown again.',
    query: placedQuery(),
    answer: { status: 200, words: 'A page of keys.', body: placedPageOf(key) },
  },
  {
    id: 'createApiKey',
    tag: 'Keys and people',
    method: 'POST',
    path: KEYS,
    right: null,
    idempotency: 'never',
    summary: 'Create an API key',
    more: 'A key never does more than its maker may do at the time of each request, and ends when its maker does.',
    body: named(
      'NewKeyRequest',
      described(NewKeyRequest, {
        name: 'What to call it.',
        expiry_date: 'Last day (UTC) on which it works; null for no expiry.',
        ip_range: 'Networks it may be used from, in CIDR notation; null for any.',
        role: "Its role. By default the caller's own role.",
        project_id: "The only project it can see. By default the caller's own, if there is one.",
        requests_per_minute:
          'Requests that it may make each minute, together with every key made with it; by default as many as are set for the caller, else 600 for it alone. Only an owner may set more than their own limit.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The key, shown only this once.',
      body: named('NewApiKey', explained(NewApiKeyAnswer, { key: 'The key itself. Store it now.' })),
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
      described(KeyChange, { name: 'What to call it.', revoked: 'True revokes it for good.' }),
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
    more: 'Keys, invitations, reset links and download URLs that were made with it end with it.',
    answer: { status: 204, words: 'The key no longer works.', body: null },
  },
  {
    id: 'listApiKeyGrants',
    tag: 'Keys and people',
    method: 'GET',
    path: `${KEYS}{key_id}/grants`,
    right: null,
    ours: true,
    summary: 'List what an API key handed out',
    more: 'Keys made with it, keys made with those, and open links that any of them made. All of it ends when the key is revoked.',
    answer: { status: 200, words: 'What ends with the key.', body: named('ApiKeyGrants', WireGrants) },
  },
  {
    id: 'getUser',
    tag: 'Keys and people',
    method: 'GET',
    path: '/api/v2/user/',
    right: null,
    summary: 'Get the caller',
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
        otp_token: 'A code from their authenticator app, if they use one.',
      }),
    ),
    answer: { status: 200, words: 'Two tokens.', body: named('TokenPair', TokenPair) },
    refusals: {
      401: 'Wrong password, or no person has this address.',
      429: 'At most ten attempts a minute.',
    },
    example: { email: '{email}', password: '{password}' },
  },
  {
    ...signingIn,
    id: 'refreshToken',
    path: '/api/v2/jwt-refresh/',
    summary: 'Get a new access token',
    body: named('RefreshRequest', described(RefreshRequest, { refresh: 'The refresh token.' })),
    answer: { status: 200, words: 'An access token.', body: named('AccessToken', AccessToken) },
    refusals: { 401: 'The token is not valid, or has expired.' },
    example: { refresh: '{refresh}' },
  },
  {
    ...signingIn,
    id: 'verifyToken',
    path: '/api/v2/jwt-verify/',
    summary: 'Verify a token',
    body: named('VerifyRequest', described(VerifyRequest, { token: 'A token of either kind.' })),
    answer: { status: 200, words: 'It does.', body: named('TokenVerified', TokenVerified) },
    refusals: { 401: 'The token is not valid.' },
    example: { token: '{token}' },
  },
]
