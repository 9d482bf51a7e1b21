import type { WireAuditEntry } from '#lib/audit/wire.ts'

type Action = WireAuditEntry['action']

/** What happened, in words. A kind of entry without words does not compile. */
const WORDS: Record<Action, string> = {
  'sample.delete': 'deleted samples',
  'sample.metadata_set': 'changed metadata',
  'sample.cancel': 'canceled samples',
  'session.cancel': 'canceled an upload link',
  'file.link': 'got download links',
  'file.download': 'downloaded a file',
  'api_key.create': 'made an API key',
  'api_key.revoke': 'revoked an API key',
  'project.create': 'made a project',
  'project.update': 'changed a project',
  'subscription.create': 'made a webhook',
  'subscription.update': 'changed a webhook',
  'subscription.delete': 'deleted a webhook',
  'subscription.secret': 'made a webhook secret',
  'user.create': 'added a person',
  'user.update': 'changed a person',
  'user.disable': 'disabled a person',
  'user.enable': 'let a person in again',
  'user.sign_in': 'signed in',
  'user.sign_out': 'signed out',
  'user.password': 'changed a password',
  'user.second_factor_on': 'switched a second factor on',
  'user.second_factor_off': 'switched a second factor off',
  'user.recovery_codes': 'made new recovery codes',
  'user.sessions_end': 'ended sessions',
  'user.reset_link': 'made a link for a new password',
  'user.invite': 'invited somebody',
  'user.invitation_withdraw': 'took an invitation back',
  'fastq.add': 'gave a FASTQ file by URL',
  'fastq.assign': 'made samples of FASTQ files',
  'fastq.delete': 'deleted FASTQ files',
  'retention.erase': 'erased files that were old enough',
}

const KINDS: Record<WireAuditEntry['actor']['kind'], string> = {
  api_key: 'An API key',
  user: 'Somebody',
  link: 'Whoever has the link',
  retention: 'Retention',
  system: 'This installation',
}

/** Words of an action; one of a newer release is shown as it is. */
export const sayAction = (action: Action): string => WORDS[action] ?? action
export const sayActor = ({ actor }: WireAuditEntry): string => actor.name ?? KINDS[actor.kind]

export const ACTION_OPTIONS = Object.entries(WORDS).map(([value, label]) => ({ value, label }))
