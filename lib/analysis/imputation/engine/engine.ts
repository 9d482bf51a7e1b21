import type { NamedFile, PanelRegion } from '../panel/manifest.ts'

/** One region of one person, for an engine. Paths are absolute. */
export interface EngineJob {
  /** Unphased genotypes at sites of the panel. */
  target: string
  /** The package of the panel, and its files of this region. */
  panelFolder: string
  files: PanelRegion['files']
  /** An empty folder for everything that the engine writes. */
  folder: string
  /** Sites of the panel, and markers of the target: what the engine must have seen. */
  sites: number
  markers: number
  /** Only targets with the same may share a process: those of one project, with the same markers. */
  together: string
  /** Memory; more than the engine's usual one after it did not suffice. */
  memoryMegabytes: number
}

/** How an engine writes a line: which fields, and how it marks what it imputed. */
export type LineForm = 'beagle' | 'minimac4'

export interface EngineResult {
  /** The imputed region: GT, DS and GP at every site of the panel, packed, in the form of the engine. */
  vcf: string
  column: SampleColumn
  /**
   * The target with its phase, unpacked, where the engine's own genotypes of typed markers are estimates too: those are
   * taken from here. Null where the engine leaves typed genotypes as they are.
   */
  phased: string | null
  /**
   * For every marker what it would be if it were not one, packed: `GT:LDS`. Null where the engine is given no open
   * markers.
   */
  leftOut: string | null
  /** Null where the system does not tell. */
  cpuSeconds: number | null
  peakMegabytes: number | null
}

/** Columns of a VCF before those of people: CHROM to FORMAT. */
export const FIXED_COLUMNS = 9

/** Where a person stands in a file of several. */
export interface SampleColumn {
  /** From 0. */
  at: number
  of: number
}

export const ONLY_COLUMN: SampleColumn = { at: 0, of: 1 }

/** A program that phases one person and imputes what the panel has besides. Behind it are programs, never code of ours. */
export interface ImputationEngine {
  /** With its version, as files name it. */
  name: string
  /** What it was called with, without paths. */
  command: string
  /** Memory of one process, in megabytes. */
  memoryMegabytes: number
  form: LineForm
  /** Whether its targets have open markers, which it fills: only then do people on one chip have the same markers. */
  fillsOpen: boolean
  /** Which files of a region it reads; undefined where the package was not prepared for it. */
  filesOf(region: PanelRegion): NamedFile[] | undefined
  /**
   * The same target gives the same genotypes, always. Resolves when the engine ended well and says itself that it saw
   * every site and marker; rejects with an `EngineFailure` otherwise, with the reason of an abort once nothing of it runs.
   */
  impute(job: EngineJob, signal: AbortSignal): Promise<EngineResult>
}

export type EngineFailureKind =
  /** The program, or what it is made of, is not there. */
  | 'missing'
  | 'memory'
  | 'disk'
  /** It did nothing any more, or took too long. */
  | 'stalled'
  /** Something else ended it: the system where memory ran out, or a person. */
  | 'killed'
  /** It refused its input, ended half-way, or saw other markers than it was given: ours to mend. */
  | 'faulty'

export class EngineFailure extends Error {
  readonly kind: EngineFailureKind

  constructor(kind: EngineFailureKind, message: string) {
    super(message)
    this.name = 'EngineFailure'
    this.kind = kind
  }
}
