import { conformsToInflateHead } from '#lib/genotype/inflate-head.conformance.ts'
import { inflateWithZlib } from './inflate-with-zlib.ts'

conformsToInflateHead('zlib', inflateWithZlib)
