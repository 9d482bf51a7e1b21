import type { Detail } from '#lib/genotype/reason.ts'

/** Where a file comes from that we know but do not accept: proper names, the same in every language. */
export const OTHER_SOURCES = {
  gzip_familytreedna: 'FamilyTreeDNA',
  familytreedna: 'FamilyTreeDNA',
  livingdna: 'Living DNA',
  tellmegen: 'tellmeGen',
  genesforgood: 'Genes for Good',
  dnaland: 'DNA.Land',
  selfdecode: 'SelfDecode',
  mofang23: '23mofang',
  circledna: 'CircleDNA',
  sano: 'Sano Genetics',
  mapmygenome: 'Mapmygenome',
  dnaera: 'DNA Era',
  decodeme: 'deCODEme',
  iyg: 'IYG',
  geno2: 'National Geographic Geno 2.0',
  bgi: 'BGI',
  myhappygenes: 'MyHappyGenes',
} as const satisfies Partial<Record<Detail, string>>

export type OtherSource = keyof typeof OTHER_SOURCES

export const isOtherSource = (detail: Detail): detail is OtherSource => detail in OTHER_SOURCES
