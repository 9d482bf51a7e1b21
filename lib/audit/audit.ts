import type { Caller } from '#lib/access/caller.ts'

/** Every action that the audit trail records. Never renamed. */
export const AUDIT_ACTIONS = [
  'sample.delete',
  'sample.metadata_set',
  'sample.cancel',
  /** Samples that failed were scheduled again. */
  'sample.run_again',
  /** Samples were accepted in spite of their quality checks; the reason is in their history. */
  'sample.accept',
  'sample.hide',
  'sample.show',
  'session.cancel',
  /** Time passed for the link of a test project. */
  'session.advance',
  /** A caller was given URLs that fetch the files of a sample. */
  'file.link',
  /** A file was read from its start by such a URL, whole or not. */
  'file.download',
  /** A later part of a file was read: the first of these within an hour, by the same holder from the same address. */
  'file.download_part',
  'api_key.create',
  /** A key was renamed. */
  'api_key.update',
  'api_key.revoke',
  /** A wrong secret, or a key that has ended or came from a foreign network: the first of these within an hour. */
  'api_key.refused',
  'project.create',
  'project.update',
  /** With its keys, roles and subscriptions; its samples have entries of their own. */
  'project.delete',
  'subscription.create',
  'subscription.update',
  'subscription.delete',
  'subscription.secret',
  'user.create',
  /** Name, role, or roles in projects. */
  'user.update',
  'user.disable',
  'user.enable',
  /** A session of the console began. */
  'user.sign_in',
  /** Tokens for the API were given for a password. */
  'user.token',
  /** A wrong password or code, also where a signed-in person is asked for it; the target is the account, if there is one. */
  'user.sign_in_refused',
  /** The right password was given, and the code of the second factor was asked for. */
  'user.password_given',
  'user.sign_out',
  /** A password was changed, by its owner or through a link. */
  'user.password',
  'user.second_factor_on',
  'user.second_factor_off',
  'user.recovery_codes',
  /** Sessions of a person were ended. */
  'user.sessions_end',
  /** A link was made that lets a person choose a new password. */
  'user.reset_link',
  'user.invite',
  'user.invitation_withdraw',
  /** A FASTQ file was given by URL. */
  'fastq.add',
  /** Samples were made of FASTQ files. */
  'fastq.assign',
  'fastq.delete',
  'retention.erase',
  /** A month of this trail was moved into a file: `request_id` is the month, its entries, and the digest of the file. */
  'audit.archive',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export const ACTOR_KINDS = ['api_key', 'user', 'link', 'anonymous', 'retention', 'system'] as const
export type ActorKind = (typeof ACTOR_KINDS)[number]

/**
 * An actor that is not a caller: the holder of a link or signed URL, someone who has not signed in, retention, or the
 * installation itself (a command on its own machine, or its start).
 */
export interface OtherActor {
  kind: Exclude<ActorKind, 'api_key' | 'user'>
  /** Of a signed URL: the key or person it was made for. Of a link: the one that made it. */
  id?: string | undefined
  requestId?: string | undefined
  /** Where the request came from. */
  address?: string | undefined
}
export const SYSTEM: OtherActor = { kind: 'system' }

export type Actor = Caller | OtherActor

/** An actor as rows name it. */
export function nameActor(actor: Actor): {
  kind: ActorKind
  id: string | null
  requestId: string | null
  address: string | null
} {
  const traces = { requestId: actor.requestId ?? null, address: actor.address || null }
  if ('kind' in actor) return { kind: actor.kind, id: actor.id ?? null, ...traces }
  return actor.apiKeyId === null
    ? { kind: 'user', id: actor.userId ?? null, ...traces }
    : { kind: 'api_key', id: actor.apiKeyId, ...traces }
}

/** One thing that was done. Ids only: never tokens, names, or what metadata holds. */
export interface AuditFact {
  by: Actor
  action: AuditAction
  /** Null for what belongs to no project. */
  projectId: string | null
  /** What it was done to. */
  targets: string[]
}

/** A fact as the trail stores it. */
export interface AuditEntry {
  seq: number
  at: Date
  actorKind: ActorKind
  actorId: string | null
  /** Their current name; null where there is none, or they no longer exist. */
  actorName: string | null
  action: AuditAction
  projectId: string | null
  targets: string[]
  /** What the first three of them are called now; null for one without a name, or that is gone. */
  targetNames: (string | null)[]
  requestId: string | null
  /** The address the request came from. */
  address: string | null
  /** 64 hex digits. */
  hash: string
}
