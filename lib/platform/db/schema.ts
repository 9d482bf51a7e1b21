import type { ColumnType, Generated } from 'kysely'

/** Written once, read as a Date. */
type Created = ColumnType<Date, Date | string | undefined, never>
type Time = ColumnType<Date, Date | string, Date | string>
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type NullableJson = ColumnType<unknown, string | null | undefined, string | null>

/**
 * Closed lists, as the columns may hold them. The slices own these lists; they are spelled again here because `platform`
 * imports no slice. A word that is in one of the two alone does not compile where the slice writes or reads the column.
 */
type ActorKind = 'api_key' | 'user' | 'link' | 'anonymous' | 'retention' | 'system'
type Role = 'viewer' | 'uploader' | 'analyst' | 'manager' | 'owner'
type SampleStatus =
  | 'consumer awaiting data'
  | 'consumer session expired'
  | 'scheduled'
  | 'running'
  | 'succeeded'
  | 'failed qc'
  | 'failed'
  | 'canceled'
type Vendor = '23andme' | 'ancestrydna' | 'myheritage'

/** What an entry of the audit trail says. */
interface NewEntry {
  actor_kind: ColumnType<ActorKind, ActorKind, never>
  actor_id: ColumnType<string | null, string | null, never>
  action: ColumnType<string, string, never>
  project_id: ColumnType<string | null, string | null, never>
  targets: ColumnType<string[], string[], never>
  request_id: ColumnType<string | null, string | null, never>
  /** Where the request came from. */
  address: ColumnType<string | null, string | null | undefined, never>
}

export interface Schema {
  project: {
    id: Generated<string>
    name: string
    description: Generated<string>
    created: Created
    modified: Generated<Date>
    /** Where samples go that were minted without a project by a key without one. At most one project. */
    is_array_default: Generated<boolean>
    /** For trying things out. Never changes: a trigger holds it. */
    is_test: ColumnType<boolean, boolean | undefined, never>
    /** Shape: `ProjectSettings` in lib/projects/project.ts. */
    settings: ColumnType<Record<string, unknown>, string | undefined, string>
    /** Id of a `PipelineCapability` in lib/projects/pipeline-capability.ts. */
    pipeline_capabilities: Generated<string>
    /** How many webhooks it has, kept by a trigger; a constraint holds the maximum. */
    subscriptions: Generated<number>
  }
  /** One row: this installation. */
  organization: {
    id: Generated<string>
    name: Generated<string>
    only_one: Generated<boolean>
  }
  app_user: {
    id: Generated<string>
    /** In lower case. */
    email: string
    name: Generated<string>
    /** As lib/platform/passwords.ts writes it. */
    password_hash: string
    /** In every project; null: only in those of user_project_role. */
    role: Role | null
    /** Tokens of an earlier one no longer count. */
    token_generation: Generated<number>
    created: Created
    modified: Generated<Date>
    disabled_at: NullableTime
    /** For better-auth, which writes it: always true. */
    email_verified: Generated<boolean>
    /** For better-auth: nobody has one. */
    image: ColumnType<string | null, string | null | undefined, string | null>
    /** Signing in also takes a code of an authenticator app. */
    second_factor: Generated<boolean>
  }
  /** Who is signed in to the console. Written by better-auth, read and ended by us. */
  user_session: {
    id: Generated<string>
    user_id: string
    /** What the signed cookie holds. */
    token: string
    created: Created
    modified: Generated<Date>
    /** The last request, to five minutes. */
    seen_at: Generated<Date>
    expires_at: Time
    ip_address: string | null
    user_agent: string | null
  }
  /** A view of app_user, as better-auth looks for passwords. */
  user_account: {
    id: string
    user_id: string
    provider_id: string
    account_id: string
    password: string
    created: Date
    modified: Date
  }
  /** Second steps of signing in that are under way. Better-auth's own. */
  sign_in_verification: {
    id: Generated<string>
    identifier: string
    value: string
    expires_at: Time
    created: Created
    modified: Generated<Date>
  }
  user_second_factor: {
    id: Generated<string>
    user_id: string
    /** Encrypted by better-auth, like the recovery codes. */
    secret: string
    backup_codes: string
    /** Whether a first code was given: until then it does not count. */
    verified: Generated<boolean>
    failed_verification_count: Generated<number>
    locked_until: NullableTime
  }
  /** Codes that were used: each counts once. */
  used_code: {
    user_id: string
    /** Number of the code's half minute since 1970. */
    step: number
  }
  /** Tries to sign in within the last minute, by the SHA-256 of what is counted. */
  sign_in_try: {
    name: Buffer
    times: Date[]
    quiet_at: Date
  }
  /** A link that lets somebody in once: the first owner, an invited person, one who lost the password. */
  sign_in_link: {
    id: Generated<string>
    kind: 'first-owner' | 'invitation' | 'reset'
    /** SHA-256 of the token: it has 256 random bits. */
    token_hash: Uint8Array
    email: string | null
    /** What an invited person may do; in `project_id`, or everywhere. */
    role: Role | null
    project_id: string | null
    user_id: string | null
    created_by: string | null
    created: Created
    expires_at: Time
    used_at: NullableTime
  }
  user_project_role: {
    user_id: string
    project_id: string
    role: Role
  }
  api_key: {
    id: Generated<string>
    name: string
    prefix: string
    /** SHA-256 of the whole key: it has 256 random bits, so a slow hash would add nothing. */
    hash: Buffer
    role: Role
    project_id: string | null
    created: Created
    expires_at: NullableTime
    revoked_at: NullableTime
    last_used_at: NullableTime
    /** CIDR networks it may be used from; null: from anywhere. */
    ip_ranges: ColumnType<string[] | null, string[] | null | undefined, string[] | null>
    /** Null: the usual limit. */
    requests_per_minute: ColumnType<number | null, number | null | undefined, number | null>
    /** The key or person that made it; null: an administrator's command. */
    created_by: ColumnType<string | null, string | null | undefined, never>
    /** The person whose key it is. */
    user_id: ColumnType<string | null, string | null | undefined, never>
  }
  sample: {
    id: Generated<string>
    project_id: string
    client_id: string
    metadata: NullableJson
    status: SampleStatus
    status_note: Generated<string>
    status_id: string
    status_at: Time
    created: Created
    modified: Generated<Date>
    /** Numbers of the analysis that questions read in the database. Null until there are any. */
    qc: NullableJson
    /** The other numbers, as lib/samples/pack-record.ts packs them. */
    qc_packed: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
    failed_qc: string | null
    run_id: string | null
    /** Left out of lists unless they are asked for it. */
    hidden: Generated<boolean>
  }
  sample_status: {
    id: Generated<string>
    sample_id: string
    status: SampleStatus
    note: Generated<string>
    created: Created
  }
  upload_session: {
    sample_id: string
    jti: string
    state: 'minted' | 'opened' | 'received' | 'expired' | 'canceled'
    reason: string | null
    locale: string | null
    redirect_on_success: Generated<string>
    redirect_on_failure: Generated<string>
    created: Created
    link_expires_at: Time
    opened_at: NullableTime
    deadline: NullableTime
    ended_at: NullableTime
    tries: Generated<number>
    /** { reason, detail, sha256, at } of the last file the server refused. */
    last_rejection: NullableJson
  }
  session_event: {
    id: Generated<string>
    sample_id: string
    kind:
      | 'minted'
      | 'opened'
      | 'received'
      | 'rejected'
      | 'refused_in_browser'
      | 'interrupted'
      | 'left'
      | 'expired'
      | 'canceled'
    reason: string | null
    detail: string | null
    created: Created
  }
  /** One try: a file that was sent, or is being sent, for one session. */
  upload: {
    id: string
    sample_id: string
    state: 'receiving' | 'checking' | 'accepted' | 'rejected' | 'discarded'
    sha256: string
    size: number
    created: Created
    /** When the last byte was in, by the server's clock. */
    received_at: NullableTime
    ended_at: NullableTime
    /** Key of the stored original, once accepted. */
    storage_key: string | null
    vendor: Vendor | null
    container: 'original' | 'repacked' | 'bare' | null
    reason: string | null
    detail: string | null
    line: number | null
    /** Times the check did not come to its end for want of time or memory. */
    checks_interrupted: Generated<number>
    /** Written before 0.2 alone: the numbers are in the input of the run. A later release takes the column away. */
    summary: NullableJson
    /** When retention gave up the bytes of the accepted file. */
    erased_at: NullableTime
    /** That of its sample; a trigger sets it. */
    project_id: ColumnType<string, never, never>
  }
  /** A FASTQ file that was given by URL. */
  fastq_upload: {
    id: Generated<string>
    /** Whose it is; null: of the whole organisation. */
    project_id: string | null
    /** `gncv://…`, once per owner. */
    destination_path: string
    /** The same for both files of a pair. */
    pair_path: string
    client_id: string
    r_notation: 'R1' | 'R2'
    /** Encrypted, `fastq source` and the id; null once deleted. */
    sealed_url: string | null
    source_host: string
    /** Bytes, as the source answered them; null when it did not say. */
    size: number | null
    /** When the URL stops working at the latest; null: it does not say. */
    expires_at: NullableTime
    source: Generated<string>
    status: Generated<'started' | 'succeeded' | 'failed'>
    status_note: Generated<string>
    status_id: Generated<string>
    status_at: Generated<Date>
    /** The key or person that gave it. */
    created_by: ColumnType<string | null, string | null, never>
    /** The person who gave it, or whose key did. */
    user_id: ColumnType<string | null, string | null, never>
    /** The sample that it was assigned to. */
    sample_id: string | null
    created: Created
    modified: Generated<Date>
    deleted_at: NullableTime
  }
  run: {
    id: Generated<string>
    sample_id: string
    state: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled'
    /** What is analysed; shape `RunInput` in lib/analysis/run.ts. */
    input: ColumnType<unknown, string, string>
    note: Generated<string>
    attempts: Generated<number>
    /** Those of them that count as no failure: their process stopped in order, or they were put off. */
    handed_over: Generated<number>
    /** Those of the attempts that gave their worker back to wait for something outside. */
    put_off: Generated<number>
    /** In real time: a FASTQ run that failed is not tried again before. */
    not_before: NullableTime
    created: Created
    started_at: NullableTime
    ended_at: NullableTime
    /** When the worker that has the run last said so, in real time; null while nobody has it. */
    held_at: NullableTime
    /** What a run that failed or was canceled had stored is gone, or what the lost attempts of one that succeeded had, or all of one that was superseded. */
    files_removed: Generated<boolean>
    /** A later run of the sample has replaced its files. */
    superseded: Generated<boolean>
    /** Retention has given up the log of a run that failed or was canceled. */
    log_removed: Generated<boolean>
    /** What it was imputed with; null: not imputed. */
    panel_id: ColumnType<string | null, never, string>
    /** How far it has come; shape `RunProgress` in lib/analysis/run.ts. */
    progress: ColumnType<unknown, never, string>
    /** Processor time of the programs that it ran; null where unknown. */
    cpu_seconds: ColumnType<number | null, never, number | null>
    /** The sample's project; null for runs from before these columns. Not `project_id`: earlier releases join runs with samples. */
    for_project: ColumnType<string | null, never, never>
    /** What it waits in line with inside its project: the kind of work, or the host that its files come from. */
    lane: ColumnType<string | null, never, never>
  }
  /** A host that FASTQ files of a project come from; kept from the first request on. */
  source_lane: {
    project_id: string
    host: string
    /** One after the other, since it last responded. */
    failures: Generated<number>
    /** In real time; null: it responds. */
    paused_until: NullableTime
    /** When it last responded, to a minute, in real time. */
    opened_at: NullableTime
    /** In real time: until then it counts as slow. */
    slow_until: NullableTime
  }
  /** A file that an analysis made; one per sample and type. */
  deliverable: {
    id: Generated<string>
    sample_id: string
    run_id: string | null
    file_type: string
    name: string
    storage_key: string
    size: number
    sha256: string
    created: Created
    /** That of its sample; a trigger sets it. */
    project_id: ColumnType<string, never, never>
  }
  /** A partner's webhook on a project. */
  subscription: {
    id: Generated<string>
    project_id: string
    name: Generated<string>
    target: string
    event_types: string[]
    created: Created
    modified: Generated<Date>
    /** Since when every delivery fails; null after one that did not. */
    failing_since: NullableTime
    last_failure_at: NullableTime
    disabled_at: NullableTime
    disabled_reason: string | null
  }
  /** Subscriptions that are gone, until their notifications are, too. */
  subscription_deleted: {
    subscription_id: string
    deleted_at: Created
  }
  subscription_secret: {
    id: Generated<string>
    subscription_id: string
    /** Encrypted; lib/webhooks/seal-secret.ts. */
    sealed: string
    created: Created
    /** Null for the newest one; the one before it goes on signing until then. */
    expires_at: NullableTime
  }
  webhook_event: {
    id: string
    project_id: string
    sample_id: string | null
    type: string
    payload: ColumnType<unknown, string, never>
    created: Created
  }
  /** One event's delivery to one subscription. */
  notification: {
    id: Generated<string>
    seq: Generated<string>
    subscription_id: string
    event_id: string
    sample_id: string | null
    state: Generated<'pending' | 'delivered' | 'failed'>
    attempts: Generated<number>
    attempts_max: number
    /** When it began to wait: at the event, or when it was sent again. */
    queued_at: Generated<Date>
    /** Nobody takes it up before; while it is being delivered, when it counts as lost. */
    due_at: Generated<Date>
    in_flight: Generated<boolean>
    attempted_at: NullableTime
    duration_ms: number | null
    response_status: number | null
    response_message: string | null
    created: Created
  }
  /** One attempt to deliver a notification, kept with it. */
  notification_attempt: {
    id: Generated<string>
    notification_id: string
    at: Created
    duration_ms: number
    response_status: number | null
    response_message: string
    request_headers: ColumnType<unknown, string, never>
    response_headers: ColumnType<unknown, string, never>
  }
  idempotency: {
    /** An API key or a person. */
    caller_id: string
    key: string
    request_hash: Buffer
    /** Null while the first request is in flight. */
    response: NullableJson
    /** The sample that the request is about: when it is deleted, the answer goes too. */
    sample_id: ColumnType<string | null, string | null | undefined, string | null>
    created: Created
    /** Every id in the answer: it is deleted with any sample it names. */
    named: ColumnType<string[], string[] | undefined, string[]>
    /** Of the request that holds the key; null for those of the release before this column. */
    claim: ColumnType<string | null, string | null | undefined, string | null>
  }
  /** What is left of a deleted sample. */
  sample_tombstone: {
    sample_id: string
    project_id: string
    deleted_at: Time
    deleted_by_kind: string
    deleted_by_id: string | null
    /** Files that were accepted or made, and their bytes. */
    files: number
    bytes: number
    /** When the last byte was removed; null until then. */
    erased_at: NullableTime
    /** How often nothing was found since. */
    quiet_checks: Generated<number>
    /** When to look for late writers again; null: no more. */
    next_check_at: NullableTime
  }
  /** The newest secret that a process has started to seal with, and those before it: one row. */
  secret_in_use: {
    one: Generated<boolean>
    key_id: string
    earlier: Generated<string[]>
  }
  /** An age identity per sample, sealed under APP_SECRET: what its files are encrypted with. */
  file_key: {
    owner: string
    sealed: string
    created: Created
  }
  /** Stored objects that nothing names any more, until they are removed. */
  file_erasure: {
    storage_key: string
    created: Created
    /** Its place in the line: when it was queued, or could not be removed the last time. */
    due_at: Generated<Date>
  }
  /** Projects that no longer look for the same person: sketches from before then are not read, and are being deleted. */
  sketches_given_up: {
    project_id: string
    before: Time
  }
  /** Of projects that look for the same person twice. */
  genotype_sketch: {
    sample_id: string
    project_id: string
    /** Of the key it was made with. */
    key_id: string
    created: Created
    /** As lib/analysis/array/sketch-genotypes.ts makes it. */
    sketch: Buffer
  }
  same_person: {
    sample_id: string
    other_id: string
    project_id: string
    created: Created
    shared: number
    agreeing: number
  }
  /** What visits of `/doctor` found, for a day each. */
  doctor_report: {
    code: string
    created: Created
    expires_at: Time
    browser: string
    /** Shape: `Finding[]` in lib/doctor/finding.ts. */
    findings: ColumnType<unknown, string, never>
  }
  /** Steps of the sweep that failed the last time they ran. */
  sweep_failure: {
    step: string
    /** The first failure since it last worked. */
    since: Time
    last_at: Time
    times: Generated<number>
  }
  /** One row: the process that sweeps, and until when unless it says so again. */
  sweep_lease: {
    only_one: Generated<boolean>
    holder: string
    /** The server's process for the connection that renewed it last; null when that was the release before. */
    backend: number | null
    ends_at: Time
  }
  /** One row: when retention runs next. */
  retention: {
    only_one: Generated<boolean>
    next_at: Time
  }
  /** Entries that are not chained yet, numbered and dated by the database. They stay for seconds. */
  audit_waiting: NewEntry & {
    id: ColumnType<number, never, never>
    at: ColumnType<Date, never, never>
  }
  /** Who did what; each entry is chained to the one before by the database. */
  audit_entry: NewEntry & {
    /** 1, 2, 3, … without a gap. */
    seq: ColumnType<number, never, never>
    at: ColumnType<Date, never, never>
    /** SHA-256 over the hash before and `audit_text` of this entry. */
    hash: ColumnType<Buffer, never, never>
    /** The first day of the month in which it was chained, whose partition it is in. */
    month: ColumnType<Date, never, never>
  }
  /** One row: number and hash of the newest entry; before the first, the hash that the chain begins with. */
  audit_head: {
    only_one: Generated<boolean>
    seq: number
    hash: Buffer
    /** The month of the newest entry, or a later one; it never goes back. */
    month: Generated<Date>
  }
  /** Months that left the trail for a file, oldest first: which entries, the hash of the last, and where they are. */
  audit_archive: {
    /** First day of the month. */
    month: Date
    first: number
    last: number
    hash: Buffer
    file: string
    sha256: Buffer
    created: Time
  }
  /** One row: when the head is logged next. */
  audit_note: {
    only_one: Generated<boolean>
    next_at: Date
  }
  clock: {
    id: Generated<boolean>
    /** Seconds added to the database's time; other than 0 only under the test clock. */
    offset_seconds: Generated<number>
  }
}
