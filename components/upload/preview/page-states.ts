import {
  type Detail,
  FILE_REASONS,
  type FileReason,
  type Reason,
  SERVICE_REASONS,
} from '#lib/genotype/reason.ts'
import { DETAILS_OF } from '#lib/genotype/reason-details.ts'
import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import type { Device } from '../device.ts'
import type { SessionFacts } from '../visit/session-facts.ts'
import {
  CONTACT_PROBLEMS,
  initialModel,
  type Stage,
  type StageName,
  type VisitModel,
} from '../visit/visit-model.ts'

/** One thing the page can look like, addressable in the preview. */
export interface PageState {
  state: StageName
  reason: Reason | null
  detail: Detail | null
  /** Distinguishes states with the same reason and detail. */
  variant: string | null
  model: VisitModel
  device: Partial<Device>
}

const FILE = { name: 'genome_Sam_Example_v5_Full_20260312.zip', size: 16_834_221 }
const SESSION: SessionFacts = {
  sampleId: '5f0d6c1e-94a7-4a0e-9d15-2b6f1f6f2c11',
  test: false,
  partner: {
    name: 'Northlight Health',
    supportUrl: 'https://partner.example/help',
    privacyUrl: 'https://partner.example/privacy',
    purpose: 'We work out which medicines suit you, for your next visit.',
    purposes: {},
    rawFileDays: 30,
    deliverableDays: 365,
    brand: null,
  },
  policy: 'strict',
  locale: null,
  leadsBack: true,
  failureRedirect: 'person',
  upload: null,
  lastRejection: null,
  receipt: { received_at: '2026-03-12T09:41:00.000Z', size: 6_212_345, sha256: '0'.repeat(64) },
  redirectTo: null,
}

type StageOf<Name extends StageName> = Extract<Stage, { name: Name }>
const VERIFYING: StageOf<'verifying'> = {
  name: 'verifying',
  file: FILE,
  vendor: '23andme',
  line: 'flowing',
  silence: null,
}
type Variants<Name extends StageName> = {
  stage: StageOf<Name>
  more?: Partial<VisitModel>
  device?: Partial<Device>
}

const UPLOADING: StageOf<'uploading'> = {
  name: 'uploading',
  file: FILE,
  vendor: '23andme',
  line: 'flowing',
  trouble: null,
  acknowledged: 7_340_032,
  underWay: 8_912_896,
  secondsNeeded: 74,
  asked: false,
}
/** One for each sentence. */
const SHOWN_TROUBLES = [
  'forbidden',
  'body_too_large',
  'headers_removed',
  'foreign_page',
  'gateway_error',
] as const satisfies NetworkTrouble[]
const RECEIVED: StageOf<'received'> = {
  name: 'received',
  vendor: 'ancestrydna',
  file: { name: 'dna-data-2026-03-12.zip', size: 6_212_345 },
  before: false,
}
const READY: StageOf<'ready'> = { name: 'ready', resumable: null, canceled: false }
/** As long as a partner's name may be, and one word. */
const LONG_NAME = 'Nordlichtuniversitätskinderklinikumshumangenetikforschungsgesellschaftsbetreuung'
/** A partner with as little information as possible. */
const TERSE: SessionFacts['partner'] = {
  ...SESSION.partner,
  supportUrl: null,
  privacyUrl: null,
  purpose: null,
  rawFileDays: null,
  deliverableDays: null,
}
const longName: Partial<VisitModel> = {
  session: { ...SESSION, partner: { ...SESSION.partner, name: LONG_NAME, purpose: LONG_NAME } },
}
const stays: Partial<VisitModel> = { session: { ...SESSION, partner: TERSE, leadsBack: false } }
const leads: Partial<VisitModel> = {
  session: { ...SESSION, redirectTo: 'https://partner.example/done' },
}

/** Every stage with everything it can look like; a new stage that is missing here does not compile. */
const STAGES: { [Name in StageName]: Record<string, Variants<Name>> } = {
  loading: { plain: { stage: { name: 'loading' }, more: { session: null } } },
  ready: {
    plain: { stage: READY },
    time_short: { stage: READY, more: { secondsLeft: 250 } },
    two_minutes: { stage: READY, more: { secondsLeft: 118 } },
    // Names the partner.
    half_minute: { stage: READY, more: { ...longName, secondsLeft: 24 } },
    time_over: { stage: READY, more: { secondsLeft: 0 } },
    resumable: { stage: { ...READY, resumable: { size: 16_834_221, offset: 10_485_760 } } },
    canceled: { stage: { ...READY, canceled: true } },
    stays: { stage: READY, more: stays },
    test: { stage: READY, more: { session: { ...SESSION, test: true } } },
    long_name: { stage: READY, more: longName },
    inside_app: { stage: READY, device: { insideApp: true } },
  },
  no_file_yet: {
    plain: { stage: { name: 'no_file_yet' } },
    stays: { stage: { name: 'no_file_yet' }, more: stays },
  },
  reading: { plain: { stage: { name: 'reading', file: FILE } } },
  checked: { plain: { stage: { name: 'checked', file: FILE, vendor: '23andme' } } },
  uploading: {
    plain: { stage: UPLOADING },
    begun: { stage: { ...UPLOADING, acknowledged: 0, underWay: 65_536, secondsNeeded: null } },
    asked: { stage: { ...UPLOADING, acknowledged: 12_582_912, secondsNeeded: 20, asked: true } },
    offline: { stage: { ...UPLOADING, line: 'offline' } },
    stalled: { stage: { ...UPLOADING, line: 'stalled' } },
    ...Object.fromEntries(
      SHOWN_TROUBLES.map((cause) => [
        `blocked_${cause}`,
        { stage: { ...UPLOADING, line: 'blocked' as const, trouble: { cause, requestId: 'a3f1c2d4' } } },
      ]),
    ),
    slow: {
      stage: { ...UPLOADING, acknowledged: 2_097_152, secondsNeeded: 840 },
      more: { secondsLeft: 520 },
    },
    slow_late: { stage: { ...UPLOADING, secondsNeeded: 240 }, more: { secondsLeft: 100 } },
  },
  verifying: {
    plain: { stage: VERIFYING },
    long_name: { stage: VERIFYING, more: longName },
    reopened: { stage: { ...VERIFYING, file: null, vendor: null } },
    stalled: { stage: { ...VERIFYING, line: 'stalled' } },
    blocked: {
      stage: {
        ...VERIFYING,
        line: 'stalled',
        silence: { problem: 'foreign_reply', cause: 'forbidden', requestId: 'a3f1c2d4' },
      },
    },
  },
  received: {
    plain: { stage: RECEIVED },
    leads: { stage: RECEIVED, more: { ...leads, redirect: 'https://partner.example/done' } },
    long_name: {
      stage: { ...RECEIVED, file: { ...RECEIVED.file!, name: `${LONG_NAME}.zip` } },
      more: { session: { ...longName.session!, redirectTo: 'https://partner.example/done' } },
    },
    already_uploaded: { stage: { ...RECEIVED, file: null, before: true } },
    already_uploaded_leads: { stage: { ...RECEIVED, file: null, before: true }, more: leads },
  },
  rejected: {
    ...refusals(),
    // Its words name the partner.
    long_name: {
      stage: { name: 'rejected', reason: 'vendor_unsupported', detail: null, file: FILE },
      more: longName,
    },
  },
  ended: {
    link_invalid: { stage: { name: 'ended', reason: 'link_invalid' }, more: { session: null } },
    address_alone: {
      stage: { name: 'ended', reason: 'link_invalid' },
      more: { session: null },
      device: { link: null, addressAlone: true },
    },
    link_expired: { stage: { name: 'ended', reason: 'link_expired' } },
    session_expired: { stage: { name: 'ended', reason: 'session_expired' } },
    link_canceled: { stage: { name: 'ended', reason: 'link_canceled' } },
    long_name: { stage: { name: 'ended', reason: 'link_expired' }, more: longName },
    no_door: { stage: { name: 'ended', reason: 'link_expired' }, more: stays },
  },
  leaving: { plain: { stage: { name: 'leaving', reason: 'user_canceled' } } },
  left: {
    user_canceled: { stage: { name: 'left', reason: 'user_canceled' } },
    file_not_ready: { stage: { name: 'left', reason: 'file_not_ready' } },
  },
  unreachable: Object.fromEntries(
    CONTACT_PROBLEMS.map((problem) => [
      problem,
      { stage: { name: 'unreachable' as const, problem, requestId: 'a3f1c2d4' }, more: { session: null } },
    ]),
  ),
}

function refusals(): Record<string, Variants<'rejected'>> {
  const file = FILE_REASONS.flatMap((reason) => [
    refusal(reason, null),
    ...DETAILS_OF[reason].map((detail) => refusal(reason, detail)),
  ])
  return Object.fromEntries([...file, ...SERVICE_REASONS.map((reason) => refusal(reason, null))])
}

function refusal(
  reason: FileReason | (typeof SERVICE_REASONS)[number],
  detail: Detail | null,
): [string, Variants<'rejected'>] {
  const file = reason === 'several_files' ? null : FILE
  return [`${reason}/${detail ?? ''}`, { stage: { name: 'rejected', reason, detail, file } }]
}

/** Every state × reason × detail of the page: what preview, accessibility, keyboard and picture tests walk through. */
export const PAGE_STATES: readonly PageState[] = Object.entries(STAGES).flatMap(([, variants]) =>
  Object.entries(variants).map(([variant, { stage, more, device = {} }]: [string, Variants<StageName>]) => ({
    state: stage.name,
    reason: reasonOf(stage),
    detail: stage.name === 'rejected' ? stage.detail : null,
    variant: (stage.name === 'rejected' && variant !== 'long_name') || variant === 'plain' ? null : variant,
    model: { ...initialModel, session: SESSION, secondsLeft: 840, stage, ...more },
    device,
  })),
)

function reasonOf(stage: Stage): Reason | null {
  if (stage.name === 'received') return stage.before ? 'already_uploaded' : null
  return 'reason' in stage ? stage.reason : null
}

/** Address of a state below `/console/preview`. */
export function queryOf({
  state,
  reason,
  detail,
  variant,
}: Pick<PageState, 'state' | 'reason' | 'detail' | 'variant'>): string {
  const query = new URLSearchParams({ state })
  if (reason) query.set('reason', reason)
  if (detail) query.set('detail', detail)
  if (variant) query.set('variant', variant)
  return query.toString()
}

/** The state that a query names, by everything it gives; undefined when there is none. */
export function findPageState(wanted: Partial<Record<'state' | 'reason' | 'detail' | 'variant', string>>) {
  return PAGE_STATES.find((each) =>
    (['state', 'reason', 'detail', 'variant'] as const).every((key) =>
      key === 'reason' && !wanted.reason ? true : (each[key] ?? undefined) === wanted[key],
    ),
  )
}
