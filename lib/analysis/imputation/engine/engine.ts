import type { NamedFile, PanelRegion } from '../panel/manifest.ts'

/** One region of one person, for an engine. Paths are absolute. */
export interface EngineJob {
  /** Unphased genotypes at sites of the panel. */
  target: string
  /** The panel in the engine's own form. */
  reference: string
  map: string
  /** An empty folder for everything that the engine writes. */
  folder: string
  /** Sites of the panel, and markers of the target: what the engine must have seen. */
  sites: number
  markers: number
  /** Heap; more than the engine's usual one after it did not suffice. */
  memoryMegabytes: number
}

export interface EngineResult {
  /** The imputed region, GT:DS:GP at every site of the panel, packed; `IMP` where the target had no marker. */
  vcf: string
  /** Null where the system does not tell. */
  cpuSeconds: number | null
  peakMegabytes: number | null
}

/** A program that phases one person and imputes what the panel has besides. Behind it are programs, never code of ours. */
export interface ImputationEngine {
  /** With its version, as files name it. */
  name: string
  /** What it was called with, without paths. */
  command: string
  /** Heap of one process, in megabytes. */
  memoryMegabytes: number
  /** Which file of a panel it reads. */
  referenceOf(region: PanelRegion): NamedFile
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
