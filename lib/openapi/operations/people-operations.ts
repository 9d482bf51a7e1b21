import { z } from 'zod'
import { WholeAuditFilter, WireAuditEntry } from '#lib/audit/wire.ts'
import {
  InvitationRequest,
  NewInvitationAnswer,
  PersonChange,
  ResetLinkAnswer,
  SessionsEnded,
  WireInvitation,
  WirePerson,
  WireUserSession,
} from '#lib/people/wire.ts'
import { described, explained, named, type Operation } from '../operation.ts'
import { placedPageOf, placedQuery } from '../page-of.ts'

const shared = { tag: 'Keys and people', right: 'user_manage', ours: true } as const
const person = named(
  'Person',
  explained(WirePerson, { role: 'In every project; null when it has roles in single projects only.' }),
)
const ofWhom = z.object({
  user: z
    .uuid()
    .optional()
    .describe("Whose sessions; the caller's by default. Only owners may ask for others."),
})
/** An API key has no sessions of its own, so it must name a person. */
const OF_USER = 'user={user_id}'
const NO_PERSON = 'The caller is an API key and names no person, or names a person it may not manage.'

/** People, invitations and sessions of the console. */
export const PEOPLE_OPERATIONS: readonly Operation[] = [
  {
    ...shared,
    id: 'listPeople',
    method: 'GET',
    path: '/api/v2/users/',
    summary: 'List people',
    more: '`next` leads to the last person however many there are; an `offset` beyond 10,000 is refused.',
    query: placedQuery(
      z.object({ search: z.string().optional().describe('Part of the name or the email address.') }),
    ),
    answer: { status: 200, words: 'A page of people, by email address.', body: placedPageOf(person) },
  },
  {
    ...shared,
    id: 'changePerson',
    method: 'PATCH',
    path: '/api/v2/users/{user_id}',
    summary: 'Change, disable or enable a person',
    more: 'Fields you leave out keep their value. Disabling ends sessions, tokens and keys at once. There is always at least one owner.',
    body: named(
      'PersonChange',
      described(PersonChange, {
        name: 'What to call them.',
        role: 'Role in every project; null for the projects in `project_roles` only.',
        project_roles: 'Additional roles in single projects; replaces the whole list.',
        disabled: 'Whether they may no longer sign in.',
        second_factor: 'False removes a lost second factor.',
      }),
    ),
    answer: { status: 200, words: 'The person.', body: person },
    refusals: { 409: 'No owner would be left.' },
    example: { role: 'analyst' },
  },
  {
    ...shared,
    id: 'createResetLink',
    method: 'POST',
    path: '/api/v2/user-reset-link/{user_id}',
    idempotency: 'never',
    summary: 'Create a link for a new password',
    more: 'Give it to the person. It works once, for an hour; earlier links stop working.',
    answer: {
      status: 201,
      words: 'The link, shown this once.',
      body: named('ResetLink', explained(ResetLinkAnswer, { url: 'Opens a page of the console.' })),
    },
    refusals: { 409: 'The person is disabled.' },
  },
  {
    ...shared,
    id: 'listInvitations',
    method: 'GET',
    path: '/api/v2/user-invitations/',
    summary: 'List invitations that can still be accepted',
    more: '`next` leads to the last one however many there are; an `offset` beyond 10,000 is refused.',
    query: placedQuery(),
    answer: { status: 200, words: 'Newest first.', body: placedPageOf(named('Invitation', WireInvitation)) },
  },
  {
    ...shared,
    id: 'createInvitation',
    method: 'POST',
    path: '/api/v2/user-invitations/',
    idempotency: 'never',
    summary: 'Invite somebody',
    more: 'Give the link to the person. It works once, for a week or until `expires_at`.',
    body: named(
      'InvitationRequest',
      described(InvitationRequest, {
        email: 'Email address that they will sign in with.',
        role: 'Their role.',
        project_id: 'The project the role applies to; null for every project.',
        expires_at:
          'When the link stops working, if that is to be within a week. ISO 8601; UTC where no offset is given.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The link, shown this once.',
      body: named('NewInvitation', explained(NewInvitationAnswer, { url: 'Opens a page of the console.' })),
    },
    refusals: { 409: 'This email address is already taken.' },
    example: { email: 'colleague@clinic.example', role: 'analyst', project_id: null },
  },
  {
    ...shared,
    id: 'withdrawInvitation',
    method: 'DELETE',
    path: '/api/v2/user-invitations/{invitation_id}',
    summary: 'Withdraw an invitation',
    answer: { status: 204, words: 'Its link no longer works.', body: null },
  },
  {
    ...shared,
    id: 'listSessions',
    method: 'GET',
    path: '/api/v2/user-sessions/',
    right: null,
    summary: 'List sessions of the console',
    more: '`next` leads to the last one however many there are; an `offset` beyond 10,000 is refused.',
    query: placedQuery(ofWhom),
    answer: {
      status: 200,
      words: 'Sessions, most recently used first.',
      body: placedPageOf(named('UserSession', WireUserSession)),
    },
    refusals: { 403: NO_PERSON },
    exampleQuery: OF_USER,
  },
  {
    ...shared,
    id: 'endSessions',
    method: 'DELETE',
    path: '/api/v2/user-sessions/',
    right: null,
    summary: 'End all sessions except the current one',
    query: ofWhom,
    answer: {
      status: 200,
      words: 'How many sessions were ended.',
      body: named('SessionsEnded', SessionsEnded),
    },
    refusals: { 403: NO_PERSON },
    exampleQuery: OF_USER,
  },
  {
    ...shared,
    id: 'endSession',
    method: 'DELETE',
    path: '/api/v2/user-sessions/{session_id}',
    right: null,
    summary: 'End a session of the console',
    query: ofWhom,
    answer: { status: 204, words: 'The session has ended.', body: null },
    refusals: { 403: NO_PERSON },
    exampleQuery: OF_USER,
  },
  {
    ...shared,
    id: 'listWholeAudit',
    method: 'GET',
    path: '/api/v2/audit/',
    right: 'project_write',
    summary: 'List the audit trail of every project',
    more: '`next` leads to the last entry however many there are; an `offset` beyond 10,000 is refused.',
    query: placedQuery(
      described(WholeAuditFilter, {
        action: 'Only entries of this kind.',
        target: 'Only entries about this sample, file, key, person or subscription.',
        actor: 'Only what this person or API key did.',
        since: 'Entries at or after this time.',
        until: 'Entries before this time.',
        project: 'Only entries of this project.',
      }),
    ),
    answer: { status: 200, words: 'Newest first.', body: placedPageOf(named('AuditEntry', WireAuditEntry)) },
  },
]
