import type { InferredSex } from '#lib/genotype/infer-sex.ts'
import { ALLELE_MISSING, ALLELE_NONE } from '#lib/genotype/rows/row-parser.ts'
import { isHaploidInMen, type Region } from '../panel/region.ts'
import { lettersOf, NO_LETTERS, OTHER_STRAND, type SiteList } from '../panel/site-list.ts'
import { type AlignmentCounts, noRows } from './alignment-counts.ts'

/** The rows of an export as columns, as `GenotypeTable` holds them. */
export interface Rows {
  chromosome: Uint8Array
  position: Int32Array
  allele1: Uint8Array
  allele2: Uint8Array
}

/** A typed genotype at a site of the panel. */
export interface TargetCall {
  /** Index of the site in its list. */
  site: number
  /** How many ALTs, of `copies`. */
  dosage: number
  copies: 1 | 2
  /** A is the complement of T and C of G: the letters do not tell their strand. */
  palindromic: boolean
}

/** A site that the export has a row for, but no genotype that can be used: the engine fills it. */
export interface OpenMarker {
  site: number
  dosage: null
  copies: 2
  palindromic: boolean
}

export interface AlignedRegion {
  region: Region
  /** Sorted by site; one a site. */
  calls: TargetCall[]
  /** Sorted by site; with `calls`, the same sites for everybody whose file has the same rows. None where not asked for. */
  open: OpenMarker[]
  counts: AlignmentCounts
}

/** What an engine is given, sorted by site. */
export type Marker = TargetCall | OpenMarker

export const markersOf = ({ calls, open }: Pick<AlignedRegion, 'calls' | 'open'>): Marker[] =>
  open.length === 0 ? calls : [...calls, ...open].sort((a, b) => a.site - b.site)

/**
 * Put the rows of one region against the panel's sites: by position and letters, never by id. `order` numbers the rows of
 * the region's chromosome, sorted by position. Nothing is guessed: a row that does not fit as it stands is left out, and
 * counted by its cause. `withOpen`: markers are the sites of the file's rows, whatever the rows say. Then only the first
 * pair of letters at a position counts, and where there is one copy nothing is open: nothing could fill it.
 */
export function alignRows(
  rows: Rows,
  order: Uint32Array,
  { region, sites, sex, withOpen }: { region: Region; sites: SiteList; sex: InferredSex; withOpen: boolean },
): AlignedRegion {
  const counts = noRows()
  const places = lookupOrder(sites)
  const copies = isHaploidInMen(region) && sex === 'male' ? 1 : 2
  const calls = new Map<number, TargetCall | null>()
  const touched = withOpen && copies === 2 ? new Set<number>() : undefined
  let at = 0
  for (let n = 0; n < order.length; n++) {
    const row = order[n]!
    const position = rows.position[row]!
    while (at < places.length && sites.lookup[places[at]!]! < position) at++
    alignRow(rows, row, { sites, places, at, position, copies, counts, calls, touched })
  }
  const kept = [...calls.values()].filter((call) => call !== null).sort((a, b) => a.site - b.site)
  counts.kept = kept.length
  return { region, calls: kept, open: openOf(touched, { sites, calls }), counts }
}

/** What was touched and has no call. */
function openOf(
  touched: ReadonlySet<number> | undefined,
  { sites, calls }: Pick<RowPlace, 'sites' | 'calls'>,
): OpenMarker[] {
  const open: OpenMarker[] = []
  for (const site of touched ?? []) {
    if (calls.get(site)) continue
    const [reference, alternate] = lettersOf(sites.letters[site]!)!
    open.push({ site, dosage: null, copies: 2, palindromic: complement(reference) === alternate })
  }
  return open.sort((a, b) => a.site - b.site)
}

/** Numbers of the sites in the order of their positions on the export's build; those without one left out. */
function lookupOrder({ position, lookup }: SiteList): Uint32Array {
  const all = new Uint32Array(position.length)
  for (let site = 0; site < all.length; site++) all[site] = site
  if (lookup === position) return all
  return all.filter((site) => lookup[site]! > 0).sort((a, b) => lookup[a]! - lookup[b]! || a - b)
}

interface RowPlace {
  sites: SiteList
  places: Uint32Array
  /** First of `places` that is not before the row. */
  at: number
  position: number
  copies: 1 | 2
  counts: AlignmentCounts
  /** Null: rows of this site contradict one another. */
  calls: Map<number, TargetCall | null>
  /** First sites with letters at the positions of rows; undefined: not wanted, and every site at a position counts. */
  touched: Set<number> | undefined
}

function alignRow(rows: Rows, row: number, place: RowPlace): void {
  const { sites, places, at, position, copies, counts, calls } = place
  counts.rows++
  touch(place)
  const first = rows.allele1[row]!
  const second = rows.allele2[row]!
  if (first === ALLELE_MISSING) return void counts.noCall++
  if (!isBase(first)) return void counts.indel++
  counts.called++
  if (sites.lookup[places[at] ?? -1] !== position) return void counts.notInPanel++
  counts.inPanel++
  const call = matchLetters(first, second === ALLELE_NONE ? first : second, place)
  if (typeof call === 'string') return void counts[call]++
  // Vendors other than 23andMe write a single copy twice.
  if (copies === 1 && call.dosage === 1) return void counts.heterozygousHaploid++
  if (copies === 2 && second === ALLELE_NONE) return void counts.oneLetter++
  if (copies === 1) call.dosage /= 2
  const before = calls.get(call.site)
  if (before === undefined) calls.set(call.site, call)
  else if (before?.dosage === call.dosage) counts.duplicateAgrees++
  else {
    // Both rows are doubtful; a third one does not settle it.
    counts.duplicateConflicts += before === null ? 1 : 2
    calls.set(call.site, null)
    return
  }
  if (call.palindromic) counts.palindromic++
}

function touch({ sites, places, at, position, touched }: RowPlace): void {
  if (!touched) return
  for (let next = at; sites.lookup[places[next] ?? -1] === position; next++) {
    if (!lettersOf(sites.letters[places[next]!]!)) continue
    touched.add(places[next]!)
    return
  }
}

/** The first site at the row's position that has both letters, or why there is none. */
function matchLetters(
  first: number,
  second: number,
  { sites, places, at, position, copies, touched }: RowPlace,
): TargetCall | 'otherStrand' | 'mismatch' | 'noLetters' {
  let why: 'otherStrand' | 'mismatch' | 'noLetters' = 'noLetters'
  for (let next = at; sites.lookup[places[next] ?? -1] === position; next++) {
    const site = places[next]!
    const code = sites.letters[site]!
    const letters = lettersOf(code)
    if (!letters) continue
    if (touched && !touched.has(site)) break
    const turned = code !== NO_LETTERS && (code & OTHER_STRAND) !== 0
    const [reference, alternate] = letters
    const [one, two] = turned ? [complement(first), complement(second)] : [first, second]
    const palindromic = complement(reference) === alternate
    if ((one === reference || one === alternate) && (two === reference || two === alternate)) {
      const dosage = (one === alternate ? 1 : 0) + (two === alternate ? 1 : 0)
      return { site, dosage, copies, palindromic }
    }
    const [other1, other2] = [complement(one), complement(two)]
    const fits = (letter: number) => letter === reference || letter === alternate
    if (fits(other1) && fits(other2)) why = 'otherStrand'
    else if (why === 'noLetters') why = 'mismatch'
  }
  return why
}

const [A, C, G, T] = [0x41, 0x43, 0x47, 0x54]

const isBase = (letter: number): boolean => letter === A || letter === C || letter === G || letter === T

function complement(letter: number): number {
  if (letter === A) return T
  if (letter === T) return A
  return letter === C ? G : C
}
