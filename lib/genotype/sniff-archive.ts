import { FILE_BYTES_MAX, MEMBERS_PEEKED_MAX, SNIFF_TEXT_BYTES_MAX } from './limits.ts'
import { sniffGzip } from './sniff-gzip.ts'
import { sniffMember } from './sniff-member.ts'
import { sniffBareText, sniffText } from './sniff-text.ts'
import type { Fault, Policy, Sniffed, Verdict } from './verdict.ts'
import type { ByteSource } from './zip/byte-source.ts'
import { checkMember } from './zip/check-member.ts'
import type { Inflater } from './zip/inflate-head.ts'
import { u32 } from './zip/little-endian.ts'
import { readMemberHead } from './zip/read-member-head.ts'
import { readZip, type ZipMember, type ZipReading } from './zip/zip.ts'
import { END_RECORD, endsLikeZip, LOCAL_HEADER, ZIP64_END_RECORD } from './zip/zip-end.ts'

/** What a file is, and which of its bytes hold the text: undefined when the file is the text itself. */
export type Inspection = Verdict<Sniffed & { member: ZipMember | undefined }>

type SniffedText = ReturnType<typeof sniffText>

/**
 * Judge a file by its structure and the head of its text, reading at most a few hundred KB and inflating at most a
 * few MB of it, however hostile. Only what would be refused for its content is inflated whole, to tell damage from
 * what was packed; the ceilings hold. Rejects only when the source cannot be read or there is no inflater.
 */
export async function sniffArchive(
  source: ByteSource,
  inflater: Inflater,
  policy: Policy,
): Promise<Verdict<Sniffed>> {
  const inspection = await inspectArchive(source, inflater, policy)
  if (!inspection.ok) return inspection
  const { vendor, statedBuild, container } = inspection.accepted
  return { ok: true, accepted: { vendor, statedBuild, container } }
}

/** As `sniffArchive`, and also returns where the text is, for callers that read the rest. */
export async function inspectArchive(
  source: ByteSource,
  inflater: Inflater,
  policy: Policy,
): Promise<Inspection> {
  if (source.size > FILE_BYTES_MAX) return refuse({ reason: 'file_too_large' })
  const head = await source.read(0, SNIFF_TEXT_BYTES_MAX)
  if (head.length === 0) return refuse({ reason: 'file_empty' })
  if (!startsLikeZip(head)) return inspectForeign(source, head, inflater, policy)
  const reading = await readZip(source, policy)
  const [member] = reading.members
  const [fault, ...more] = reading.faults
  if (fault) return inspectFaulty(source, inflater, reading.members, [fault, ...more])
  if (!member) return refuse({ reason: 'no_genotypes', detail: 'empty_archive' })
  const sniffed = await sniffPacked(source, inflater, member)
  if (!sniffed.ok) return sniffed
  return { ok: true, accepted: { ...sniffed.accepted, container: reading.container, member } }
}

const refuse = (...faults: [Fault, ...Fault[]]): { ok: false; faults: [Fault, ...Fault[]] } => ({
  ok: false,
  faults,
})

const startsLikeZip = (head: Uint8Array): boolean =>
  head.length >= 4 && [LOCAL_HEADER, END_RECORD, ZIP64_END_RECORD].includes(u32(head, 0))

/** Something that does not begin as a zip: mostly another kind of file, at times a zip behind foreign bytes. */
async function inspectForeign(
  source: ByteSource,
  head: Uint8Array,
  inflater: Inflater,
  policy: Policy,
): Promise<Inspection> {
  if (await endsLikeZip(source)) {
    const [fault, ...more] = (await readZip(source, policy)).faults
    return fault ? refuse(fault, ...more) : refuse({ reason: 'zip_unsafe', detail: 'hidden_data' })
  }
  const sniffed = policy === 'forgiving' ? sniffText(head, { whole: head.length === source.size }) : undefined
  if (sniffed?.ok)
    return { ok: true, accepted: { ...sniffed.accepted, container: 'bare', member: undefined } }
  const detail = sniffBareText(head)
  return refuse({
    reason: 'not_a_zip',
    detail: detail === 'gzip' ? await sniffGzip(head, inflater.head) : detail,
  })
}

/** Before a person is reproached with what a file holds, its checksum must say that this is what was packed. */
async function sniffPacked(source: ByteSource, inflater: Inflater, member: ZipMember): Promise<SniffedText> {
  const head = await readMemberHead(source, member, inflater.head)
  if ('reason' in head) return refuse(head)
  const sniffed = sniffMember(head)
  const damage = sniffed.ok || !inflater.whole ? undefined : await checkMember(source, member, inflater.whole)
  return damage ? refuse(damage) : sniffed
}

/** Faults of packing alone: the files inside are sound, and what they are decides which words help. */
const PACKING_DETAILS: readonly string[] = ['repacked_macos', 'repacked_folder', 'extra_files']

/**
 * A refused archive. When it is only packed in another way, a look at its largest files tells whether the original
 * would be accepted, so that nobody is sent for a file that is then refused as well.
 */
async function inspectFaulty(
  source: ByteSource,
  inflater: Inflater,
  members: ZipReading['members'],
  faults: [Fault, ...Fault[]],
): Promise<Inspection> {
  const onlyPacking = faults.every(({ detail }) => detail !== undefined && PACKING_DETAILS.includes(detail))
  if (!onlyPacking || members.length === 0) return refuse(...faults)
  const sniffed: SniffedText[] = []
  for (const member of members.slice(0, MEMBERS_PEEKED_MAX)) {
    const one = await sniffPacked(source, inflater, member)
    // One bomb costs tens of milliseconds and megabytes: its sender gets no second look.
    if (!one.ok && one.faults[0].detail === 'bomb') return one
    sniffed.push(one)
  }
  const [first = faults[0], ...more] = [...faultsOfContent(sniffed), ...faults]
  return refuse(first, ...more)
}

function faultsOfContent(sniffed: SniffedText[]): Fault[] {
  const [only] = sniffed
  if (only && sniffed.length === 1) return only.ok ? [] : only.faults
  const genotypes = sniffed.filter(holdsGenotypes)
  const [first] = genotypes
  if (genotypes.length > 1 && !areOneUnsupportedSet(genotypes))
    return [{ reason: 'several_files', detail: 'several_genotype_files' }]
  if (first) return first.ok ? [] : first.faults
  const known = sniffed.find((one) => !one.ok && one.faults[0].reason === 'no_genotypes')
  return known && !known.ok ? known.faults : [{ reason: 'no_genotypes', detail: 'nothing_alike' }]
}

/** Whether a person would call this file a raw data file, accepted by us or not. */
function holdsGenotypes(sniffed: SniffedText): boolean {
  if (sniffed.ok) return true
  const { reason, detail } = sniffed.faults[0]
  return (
    ['vendor_unsupported', 'file_modified', 'file_incomplete', 'build_unsupported'].includes(reason) ||
    (reason === 'format_unrecognized' && detail !== 'unknown_content')
  )
}

/** Some vendors deliver one person's data as several files; naming the vendor then helps more than counting. */
function areOneUnsupportedSet(sniffed: SniffedText[]): boolean {
  const details = sniffed.map((one) =>
    !one.ok && one.faults[0].reason === 'vendor_unsupported' ? one.faults[0].detail : undefined,
  )
  return details[0] !== undefined && details.every((detail) => detail === details[0])
}
