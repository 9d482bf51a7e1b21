import type { Build } from './verdict.ts'

/** A published variant whose position tells the builds apart. */
export interface BuildMarker {
  /** Number of the rsid. */
  rs: number
  /** PLINK code. */
  chromosome: number
  positions: Record<Build, number>
}

const marker = (rs: number, chromosome: number, b36: number, b37: number, b38: number): BuildMarker => ({
  rs,
  chromosome,
  positions: { 36: b36, 37: b37, 38: b38 },
})

/** Variants on the chips of all three vendors, with their positions on each build. */
export const BUILD_MARKERS: readonly BuildMarker[] = [
  marker(3131972, 1, 742584, 752721, 817341),
  marker(3094315, 1, 742429, 752566, 817186),
  marker(12562034, 1, 758311, 768448, 833068),
  marker(12124819, 1, 766409, 776546, 841166),
  marker(11240777, 1, 788822, 798959, 863579),
  marker(2341354, 1, 908436, 918573, 983193),
  marker(1801131, 1, 11777063, 11854476, 11794419),
  marker(1801133, 1, 11778965, 11856378, 11796321),
  marker(2500347, 1, 143649677, 144938320, 148946169),
  marker(3850290, 2, 22315141, 23245301, 22776092),
  marker(11928389, 3, 50908372, 50927009, 50889578),
  marker(4244285, 10, 96532017, 96541616, 94781859),
  marker(1799853, 10, 96692448, 96702047, 94942290),
  marker(1057910, 10, 96731043, 96741053, 94981296),
  marker(1800497, 11, 112776038, 113270828, 113400106),
  marker(4149056, 12, 21222816, 21331549, 21178615),
  marker(429358, 19, 50103781, 45411941, 44908684),
  marker(7412, 19, 50103919, 45412079, 44908822),
  marker(964481, 20, 27566744, 27656823, 27638706),
  marker(4680, 22, 18331271, 19951271, 19963748),
  marker(1329546, 23, 135302086, 135474420, 136392261),
]
