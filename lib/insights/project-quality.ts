import { z } from 'zod'
import type { SamePersonNamed } from '#lib/analysis/likeness/same-person.ts'
import { CHIPS } from '#lib/genotype/recognise-chip.ts'
import { VENDORS } from '#lib/genotype/vendors.ts'
import type { ProjectSettings } from '#lib/projects/project.ts'
import { type NamedSample, referenceOf } from '#lib/samples/reference.ts'
import { WireTime, wireTime } from '#lib/wire/fields.ts'
import type { QualityPoint } from './quality-points-table.ts'
import { type UsualRange, usualRange } from './stand-out.ts'

/** Differences below these are never unusual, however alike the other samples are. */
const CALL_RATE_LEAST = 0.005
const HETEROZYGOSITY_LEAST = 0.01
const DAY_MS = 86_400_000

/** `call_rate` and `heterozygosity`: outside of the project's bounds; `unusual_…`: far from other samples of its chip. */
export const STANDING_OUT = [
  'call_rate',
  'heterozygosity',
  'unusual_call_rate',
  'unusual_heterozygosity',
] as const
const SEXES = ['male', 'female', 'undetermined'] as const
type StandingOut = (typeof STANDING_OUT)[number]

const Share = z.number().min(0).max(1)
/** `reference`: what the partner calls it, as in `GET samples/{id}`. */
const Named = z.object({ id: z.uuid(), client_id: z.string(), reference: z.string().nullable() })
const countsBy = <Names extends readonly string[]>(names: Names) =>
  z.partialRecord(z.enum([...names, 'unknown']), z.int().min(1))

/** Answer of `GET project-quality/{id}`; ours. */
export const ProjectQuality = z.object({
  /** There are older samples that were not read. */
  more: z.boolean(),
  /** What the project asks for; null: nothing. */
  bounds: z.object({
    call_rate_min: Share.nullable(),
    heterozygosity_min: Share.nullable(),
    heterozygosity_max: Share.nullable(),
  }),
  /** The latest measured samples, newest first. */
  samples: z.array(
    Named.extend({
      created: WireTime,
      /** Of chromosomes 1 to 22. */
      call_rate: Share,
      heterozygosity: Share.nullable(),
      sex: z.enum(SEXES).nullable(),
      chip: z.enum(CHIPS).nullable(),
      vendor: z.enum(VENDORS).nullable(),
      stands_out: z.array(z.enum(STANDING_OUT)),
    }),
  ),
  /** Pairs that seem to be of one person, or of identical twins, the latest first; null unless the project looks for them. */
  same_person: z
    .array(
      z.object({
        sample: Named,
        other: Named,
        /** Positions compared, and those of them at which both are heterozygous or neither is. */
        shared: z.int().min(1),
        agreeing: z.int().min(1),
      }),
    )
    .nullable(),
  /** By the week (from Monday, UTC) in which they were created, oldest first. `unknown` where nothing was recognised. */
  weeks: z.array(
    z.object({
      monday: z.iso.date(),
      samples: z.int().min(1),
      sexes: countsBy(SEXES),
      chips: countsBy(CHIPS),
      vendors: countsBy(VENDORS),
    }),
  ),
})
export type ProjectQuality = z.infer<typeof ProjectQuality>

type Asked = Pick<
  ProjectSettings,
  'callRateMin' | 'heterozygosityMin' | 'heterozygosityMax' | 'findSamePerson'
>

/** At most `max` of these points; one more than that says that there are older ones. */
export function presentProjectQuality(
  points: readonly QualityPoint[],
  asked: Asked,
  max: number,
  pairs: readonly SamePersonNamed[] = [],
): ProjectQuality {
  const shown = points.slice(0, max)
  const usual = usualByChip(shown)
  return {
    more: points.length > max,
    bounds: {
      call_rate_min: asked.callRateMin,
      heterozygosity_min: asked.heterozygosityMin,
      heterozygosity_max: asked.heterozygosityMax,
    },
    samples: shown.map((point) => ({
      ...nameOf(point),
      created: wireTime(point.created),
      call_rate: point.callRate,
      heterozygosity: point.heterozygosity,
      sex: point.sex,
      chip: point.chip,
      vendor: point.vendor,
      stands_out: standsOut(point, asked, usual.get(point.chip)),
    })),
    same_person: asked.findSamePerson
      ? pairs.map((pair) => ({
          sample: nameOf(pair.sample),
          other: nameOf(pair.other),
          shared: pair.shared,
          agreeing: pair.agreeing,
        }))
      : null,
    weeks: weeksOf(shown),
  }
}

const nameOf = (sample: NamedSample): z.infer<typeof Named> => ({
  id: sample.id,
  client_id: sample.clientId,
  reference: referenceOf(sample),
})

interface Usual {
  callRate: UsualRange | undefined
  heterozygosity: UsualRange | undefined
}

/** Chips differ in what they measure, so a sample is compared with those of its own. */
function usualByChip(points: readonly QualityPoint[]): Map<QualityPoint['chip'], Usual> {
  const groups = Map.groupBy(points, ({ chip }) => chip)
  return new Map(
    [...groups].map(([chip, group]) => [
      chip,
      {
        callRate: usualRange(
          group.map(({ callRate }) => callRate),
          CALL_RATE_LEAST,
        ),
        heterozygosity: usualRange(
          group.flatMap(({ heterozygosity }) => heterozygosity ?? []),
          HETEROZYGOSITY_LEAST,
        ),
      },
    ]),
  )
}

function standsOut(
  { callRate, heterozygosity }: QualityPoint,
  { callRateMin, heterozygosityMin, heterozygosityMax }: Asked,
  usual: Usual | undefined,
): StandingOut[] {
  const found: StandingOut[] = []
  if (callRateMin !== null && callRate < callRateMin) found.push('call_rate')
  const isOutside =
    heterozygosity !== null &&
    ((heterozygosityMin !== null && heterozygosity < heterozygosityMin) ||
      (heterozygosityMax !== null && heterozygosity > heterozygosityMax))
  if (isOutside) found.push('heterozygosity')
  if (isUnusual(callRate, usual?.callRate)) found.push('unusual_call_rate')
  if (isUnusual(heterozygosity, usual?.heterozygosity)) found.push('unusual_heterozygosity')
  return found
}

const isUnusual = (value: number | null, range: UsualRange | undefined): boolean =>
  value !== null && range !== undefined && (value < range.from || value > range.to)

function weeksOf(points: readonly QualityPoint[]): ProjectQuality['weeks'] {
  const weeks = Map.groupBy(points, ({ created }) => mondayOf(created))
  return [...weeks]
    .map(([monday, group]) => ({
      monday,
      samples: group.length,
      sexes: tally(group.map(({ sex }) => sex)),
      chips: tally(group.map(({ chip }) => chip)),
      vendors: tally(group.map(({ vendor }) => vendor)),
    }))
    .sort((one, other) => one.monday.localeCompare(other.monday))
}

function mondayOf(time: Date): string {
  const day = Math.floor(time.getTime() / DAY_MS)
  // The first day of 1970 was a Thursday.
  return new Date((day - ((day + 3) % 7)) * DAY_MS).toISOString().slice(0, 10)
}

function tally<Name extends string>(names: readonly (Name | null)[]) {
  const counts: Partial<Record<Name | 'unknown', number>> = {}
  for (const name of names) counts[name ?? 'unknown'] = (counts[name ?? 'unknown'] ?? 0) + 1
  return counts
}
