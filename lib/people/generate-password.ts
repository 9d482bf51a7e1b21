import { generateApiKey } from '#lib/keys/api-key.ts'

const CHARACTERS = 24

/** A password of 24 random letters and digits: some 142 bits. */
export const generatePassword = (): string => generateApiKey().key.split('.')[1]!.slice(0, CHARACTERS)
