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
import { listQuery, pageOf } from '../page-of.ts'

const shared = { tag: 'Keys and people', right: 'user_manage', ours: true } as const
const person = named(
  'Person',
  explained(WirePerson, { role: 'In every project; null: only in single ones.' }),
)
const ofWhom = z.object({
  user: z.uuid().optional().describe('Whose; without it the caller. Others are for owners alone.'),
})
/** An API key has no sessions of its own: it asks about a person's. */
const OF_USER = 'user={user_id}'
const NO_PERSON = 'The caller is an API key and names nobody, or asks about somebody whom it may not manage.'

/** People, invitations and sessions of the console. */
export const PEOPLE_OPERATIONS: readonly Operation[] = [
  {
    ...shared,
    id: 'listPeople',
    method: 'GET',
    path: '/api/v2/users/',
    summary: 'List people',
    query: listQuery(
      z.object({ search: z.string().optional().describe('Part of the name or the email address.') }),
    ),
    answer: { status: 200, words: 'A page of people, by email address.', body: pageOf(person) },
  },
  {
    ...shared,
    id: 'changePerson',
    method: 'PATCH',
    path: '/api/v2/users/{user_id}',
    summary: 'Change, disable or enable a person',
    more: 'What is not named stays as it is. Disabling ends sessions, tokens and keys at once. Somebody stays an owner.',
    body: named(
      'PersonChange',
      described(PersonChange, {
        name: 'What to call them.',
        role: 'What they may do in every project; null: only in those of `project_roles`.',
        project_roles: 'What they may do besides in single projects; all of them.',
        disabled: 'Whether they may no longer sign in.',
        second_factor: 'False takes a lost one off.',
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
    more: 'To be handed to the person. It works once, for an hour; links of before no longer do.',
    answer: {
      status: 201,
      words: 'The link, shown this once.',
      body: named('ResetLink', explained(ResetLinkAnswer, { url: 'Leads to a page of the console.' })),
    },
    refusals: { 409: 'The person was disabled.' },
  },
  {
    ...shared,
    id: 'listInvitations',
    method: 'GET',
    path: '/api/v2/user-invitations/',
    summary: 'List invitations that can still be accepted',
    query: listQuery(),
    answer: { status: 200, words: 'Newest first.', body: pageOf(named('Invitation', WireInvitation)) },
  },
  {
    ...shared,
    id: 'createInvitation',
    method: 'POST',
    path: '/api/v2/user-invitations/',
    idempotency: 'never',
    summary: 'Invite somebody',
    more: 'The link is to be handed to the person. It works once, for a week.',
    body: named(
      'InvitationRequest',
      described(InvitationRequest, {
        email: 'Email address that they will sign in with.',
        role: 'What they may do.',
        project_id: 'The one project they may do it in; null: every project.',
      }),
    ),
    answer: {
      status: 201,
      words: 'The link, shown this once.',
      body: named(
        'NewInvitation',
        explained(NewInvitationAnswer, { url: 'Leads to a page of the console.' }),
      ),
    },
    refusals: { 409: 'Somebody has this email address already.' },
    example: { email: 'colleague@clinic.example', role: 'analyst', project_id: null },
  },
  {
    ...shared,
    id: 'withdrawInvitation',
    method: 'DELETE',
    path: '/api/v2/user-invitations/{invitation_id}',
    summary: 'Take an invitation back',
    answer: { status: 204, words: 'Its link no longer works.', body: null },
  },
  {
    ...shared,
    id: 'listSessions',
    method: 'GET',
    path: '/api/v2/user-sessions/',
    right: null,
    summary: 'List sessions of the console',
    query: listQuery(ofWhom),
    answer: { status: 200, words: 'Last used first.', body: pageOf(named('UserSession', WireUserSession)) },
    refusals: { 403: NO_PERSON },
    exampleQuery: OF_USER,
  },
  {
    ...shared,
    id: 'endSessions',
    method: 'DELETE',
    path: '/api/v2/user-sessions/',
    right: null,
    summary: 'End every session but the one that asks',
    query: ofWhom,
    answer: { status: 200, words: 'How many there were.', body: named('SessionsEnded', SessionsEnded) },
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
    answer: { status: 204, words: 'It no longer counts.', body: null },
    refusals: { 403: NO_PERSON },
    exampleQuery: OF_USER,
  },
  {
    ...shared,
    id: 'listWholeAudit',
    method: 'GET',
    path: '/api/v2/audit/',
    right: 'project_write',
    summary: 'List who did what, everywhere',
    query: listQuery(
      described(WholeAuditFilter, {
        action: 'Only entries of this kind.',
        target: 'Only entries about this sample, file, key, person or subscription.',
        actor: 'Only what this person or API key did.',
        since: 'From this time on.',
        until: 'Before this time.',
        project: 'Only entries of this project.',
      }),
    ),
    answer: { status: 200, words: 'Newest first.', body: pageOf(named('AuditEntry', WireAuditEntry)) },
  },
]
