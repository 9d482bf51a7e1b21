import type { Build } from './verdict.ts'

/** Chromosome codes are PLINK's: 1–22, then these. */
export const CHROMOSOME_X = 23
export const CHROMOSOME_Y = 24
/** Pseudoautosomal region, where a vendor lists it apart. */
export const CHROMOSOME_XY = 25
export const CHROMOSOME_MT = 26
export const CHROMOSOME_CODES = 27
export const AUTOSOMES = 22

/** Labels by code; code 0 stands for a label we do not know. */
export const CHROMOSOME_LABELS = [
  '0',
  ...Array.from({ length: AUTOSOMES }, (_, index) => String(index + 1)),
  'X',
  'Y',
  'XY',
  'MT',
] as const

/** Length in bases by code (XY borrows X), of NCBI36, GRCh37 and GRCh38. */
export const CHROMOSOME_LENGTHS: Record<Build, readonly number[]> = {
  36: [
    0, 247249719, 242951149, 199501827, 191273063, 180857866, 170899992, 158821424, 146274826, 140273252,
    135374737, 134452384, 132349534, 114142980, 106368585, 100338915, 88827254, 78774742, 76117153, 63811651,
    62435964, 46944323, 49691432, 154913754, 57772954, 154913754, 16571,
  ],
  37: [
    0, 249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022, 141213431,
    135534747, 135006516, 133851895, 115169878, 107349540, 102531392, 90354753, 81195210, 78077248, 59128983,
    63025520, 48129895, 51304566, 155270560, 59373566, 155270560, 16569,
  ],
  38: [
    0, 248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636, 138394717,
    133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345, 83257441, 80373285, 58617616,
    64444167, 46709983, 50818468, 156040895, 57227415, 156040895, 16569,
  ],
}

/** Pseudoautosomal regions on X, both ends inclusive. */
export const PAR_ON_X: Record<Build, readonly [readonly [number, number], readonly [number, number]]> = {
  36: [
    [1, 2709520],
    [154584238, 154913754],
  ],
  37: [
    [60001, 2699520],
    [154931044, 155260560],
  ],
  38: [
    [10001, 2781479],
    [155701383, 156030895],
  ],
}

/** First and last position of X that is outside both pseudoautosomal regions in every build. */
export const X_CORE = { first: 2_781_480, last: 154_584_237 } as const

/** Longest a chromosome is in any build, by code: a position beyond it is on no assembly we know. */
export const CHROMOSOME_LENGTHS_MAX: readonly number[] = CHROMOSOME_LENGTHS[37].map((length, code) =>
  Math.max(length, CHROMOSOME_LENGTHS[36][code] ?? 0, CHROMOSOME_LENGTHS[38][code] ?? 0),
)
