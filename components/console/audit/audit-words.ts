import type { WireAuditEntry } from '#lib/audit/wire.ts'

type Action = WireAuditEntry['action']

/** What happened, in words. An action without words does not compile. */
const WORDS: Record<Action, string> = {
  'sample.delete': 'deleted samples',
  'sample.metadata_set': 'changed metadata',
  'sample.cancel': 'canceled samples',
  'sample.run_again': 'ran samples again',
  'sample.accept': 'accepted samples in spite of their checks',
  'sample.hide': 'hid samples',
  'sample.show': 'showed hidden samples again',
  'session.cancel': 'canceled an upload link',
  'session.advance': 'let time pass for a test link',
  'file.link': 'requested download links',
  'file.download': 'downloaded a file',
  'file.download_part': 'downloaded a part of a file',
  'api_key.create': 'created an API key',
  'api_key.update': 'renamed an API key',
  'api_key.revoke': 'revoked an API key',
  'project.create': 'created a project',
  'project.update': 'changed a project',
  'project.delete': 'deleted a project',
  'subscription.create': 'created a webhook',
  'subscription.update': 'changed a webhook',
  'subscription.delete': 'deleted a webhook',
  'subscription.secret': 'created a webhook secret',
  'user.create': 'added a person',
  'user.update': 'changed a person',
  'user.disable': 'disabled a person',
  'user.enable': 'enabled a person',
  'api_key.refused': 'was refused with an API key',
  'user.sign_in': 'signed in',
  'user.token': 'signed in for API tokens',
  'user.sign_in_refused': 'failed to sign in',
  'user.password_given': 'gave the password, and was asked for a code',
  'user.sign_out': 'signed out',
  'user.password': 'changed a password',
  'user.second_factor_on': 'switched a second factor on',
  'user.second_factor_off': 'switched a second factor off',
  'user.recovery_codes': 'created new recovery codes',
  'user.sessions_end': 'ended sessions',
  'user.reset_link': 'created a password reset link',
  'user.invite': 'invited a person',
  'user.invitation_withdraw': 'withdrew an invitation',
  'fastq.add': 'added a FASTQ file by URL',
  'fastq.assign': 'created samples from FASTQ files',
  'fastq.delete': 'deleted FASTQ files',
  'retention.erase': 'erased files past their retention',
  'audit.archive': 'moved a month of this trail into a file',
}

const KINDS: Record<WireAuditEntry['actor']['kind'], string> = {
  api_key: 'An API key',
  user: 'A person',
  link: 'A person with the link',
  anonymous: 'Someone not signed in',
  retention: 'Retention',
  system: 'This installation',
}

/** An action in words; one from a newer release is shown as it is. */
export const sayAction = (action: Action): string => WORDS[action] ?? action
export function sayActor({ actor: { kind, name } }: WireAuditEntry): string {
  if (name === null) return KINDS[kind]
  return kind === 'link' ? `A link of ${name}` : name
}

export const ACTION_OPTIONS = Object.entries(WORDS).map(([value, label]) => ({ value, label }))
