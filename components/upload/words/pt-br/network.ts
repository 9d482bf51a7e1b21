import type { Words } from '../words.ts'

/** Something on the way does not let the file through. */
export const NETWORK_PT_BR: Words['network'] = {
  blocked: 'Algo entre você e nós, como um firewall ou antivírus, não deixa seu arquivo passar.',
  tooLarge: 'Algo entre você e nós recusa seu arquivo por ser grande demais, mesmo em partes pequenas.',
  removed: 'Algo entre você e nós remove informações necessárias para o envio.',
  mend: 'Tente outra rede, como os dados móveis, ou outro aparelho. Nada se perde: continuamos tentando.',
  request: 'Solicitação',
}
