import type { Words } from '../words.ts'
import { NETWORK_PT_BR } from './network.ts'
import { REASONS_PT_BR } from './reasons.ts'
import { RECOGNISED_PT_BR } from './recognised.ts'

/** Brazilian Portuguese: “você”, short sentences, no jargon. */
export const ptBr: Words = {
  locale: 'pt-BR',
  title: 'Enviar seu arquivo de DNA',
  test: 'Isto é um teste. Não escolha um arquivo de DNA real: tudo o que é enviado aqui é apagado após um dia.',
  noScript: 'Esta página precisa de JavaScript. Ative-o ou abra o link em outro navegador.',
  start: {
    heading: 'Esta página não foi iniciada',
    late: 'Se a sua conexão estiver lenta, espere um pouco mais. Caso contrário, recarregue a página, desative o que bloqueia scripts aqui ou abra o link em um navegador atualizado: Chrome, Edge, Firefox ou Safari.',
    reload: 'Recarregar a página',
    elsewhere: 'Este não é o endereço deste serviço. Use {address}.',
    open: 'Abrir esta página em {address}',
    boxed: 'A página que contém esta não permite que ela funcione. Abra-a em uma janela separada.',
  },
  someone: 'quem enviou este link a você',
  steps: { label: 'Etapas', choose: 'Escolher', check: 'Verificar', send: 'Enviar' },
  loading: 'Abrindo sua página de envio…',
  busy: 'Aguarde',
  ready: {
    heading: 'Envie seu arquivo de DNA para {partner}',
    need: 'Você precisa do arquivo .zip com seus dados brutos de DNA da {vendors}.',
    unchanged: 'Escolha-o do jeito que sua empresa de teste de DNA o entregou.',
    mayTake: 'Se você ainda precisa pedir: sua empresa de teste de DNA pode levar horas ou dias para enviar.',
    choose: 'Escolher meu arquivo .zip',
    drop: 'Ou solte o arquivo em qualquer lugar desta página.',
    dropNow: 'Solte para verificar este arquivo',
    limits: 'Até {limit}.',
    takes: 'Com o arquivo em mãos, leva cerca de dois minutos.',
    window: 'Esta página fica aberta por mais {time}.',
    noFileYet: 'Ainda não tenho o arquivo',
    canceled: 'Envio interrompido. O que tinha sido enviado foi apagado.',
    resumable:
      'Já temos {share} de um arquivo. Escolha o mesmo arquivo para continuar, ou outro para recomeçar.',
  },
  picker: {
    cannotSelect: 'Não consigo selecionar meu arquivo',
    anyType:
      'Agora você pode selecionar qualquer arquivo. Tente de novo: se o seu estava em cinza, deve funcionar.',
    silent:
      'Nada abriu? Alguns aplicativos não deixam escolher arquivos. Abra esta página no seu navegador normal (Safari, Chrome ou Firefox) ou use outro aparelho.',
    inApp:
      'Você abriu esta página dentro de outro aplicativo. Se não der para escolher o arquivo aqui, abra a página no seu navegador normal: procure “Abrir no navegador” no menu do aplicativo ou copie o link.',
    inAppCopied: 'Copiado. Agora cole na barra de endereço do seu navegador normal.',
    ownWindow: 'Abrir esta página em uma janela própria',
  },
  otherDevice: {
    title: 'Meu arquivo está em outro aparelho',
    how: 'Abra esta mesma página lá. Envie o link para você:',
    timeLeft: 'Ele ainda funciona por {time}.',
    share: 'Compartilhar o link',
    copy: 'Copiar o link',
    copied: 'Copiado. Agora cole em uma mensagem para você.',
    copiedShort: 'Copiado',
    copyByHand: 'Não dá para copiar aqui. Copie o endereço no alto do seu navegador.',
    caution: 'Compartilhe só com você: qualquer pessoa com este link pode enviar um arquivo em seu nome.',
  },
  where: {
    title: 'Onde está meu arquivo .zip?',
    intro:
      'Tem que ser o próprio .zip, não o arquivo dentro dele. Celulares e computadores muitas vezes descompactam sozinhos.',
    systems: {
      ios: {
        title: 'iPhone ou iPad',
        steps: [
          'Abra o app Arquivos e procure em Downloads, no iPhone e no iCloud Drive.',
          'Tocar em um .zip descompacta e cria outro arquivo ou uma pasta ao lado. Escolha o que termina em .zip.',
          'Se só restou o arquivo descompactado, baixe de novo da sua empresa de teste de DNA.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Abra Arquivos (ou Meus Arquivos) e procure em Downloads.',
          'Escolha o arquivo que termina em .zip. Não o “extraia” antes.',
          'Se ele estiver em cinza, use “Não consigo selecionar meu arquivo” nesta página.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'O Safari descompacta os downloads sozinho e põe o .zip no Lixo. Procure lá e recupere o arquivo.',
          'Ou desligue isso: Safari, Ajustes, Geral, “Abrir arquivos ‘seguros’ após o download”. Depois baixe de novo.',
          'Não compacte o arquivo novamente: isso muda o arquivo.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Abra o Explorador de Arquivos e procure em Downloads.',
          'Escolha a “Pasta compactada (zipada)”. Não use “Extrair tudo”.',
          'Se você só vê um arquivo de texto, baixe de novo da sua empresa de teste de DNA.',
        ],
      },
    },
  },
  howToGet: {
    title: 'Como consigo o arquivo da minha empresa de teste de DNA?',
    intro:
      'Entre no site deles, de preferência em um computador. Você recebe um e-mail quando o arquivo estiver pronto.',
    fileName: 'O arquivo tem um nome como {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Abra “Settings”, depois “23andMe Data” e depois “Download your data”.',
          'Peça “Raw data”. Não a árvore genealógica, os parentes nem os relatórios.',
          'Quando o e-mail chegar, entre de novo e salve o arquivo .zip.',
        ],
        wait: 'O e-mail chega depois de horas, às vezes de dias.',
      },
      ancestrydna: {
        steps: [
          'Abra “DNA”, depois “Settings” e depois “Download DNA data”.',
          'Confirme com o link do e-mail.',
          'Salve o arquivo .zip com o link do e-mail seguinte. Esse link só funciona uma vez, e por uma semana.',
        ],
        wait: 'Pode levar algumas horas.',
      },
      myheritage: {
        steps: [
          'Abra “DNA” e depois “Gerenciar kits de DNA”.',
          'Abra o menu de três pontos ao lado do seu kit e escolha “Baixar”.',
          'Confirme com o link do e-mail e salve o arquivo .zip.',
        ],
        wait: 'Pode levar de alguns minutos a algumas horas.',
      },
    },
  },
  noFileYet: {
    heading: 'Sem problema. Primeiro consiga seu arquivo',
    intro: 'Peça seus dados brutos à sua empresa de teste de DNA. Isso pode levar horas ou dias.',
    link: 'Até lá esta página estará fechada. {partner} pode enviar um link novo a você.',
    site: 'Abrir a página de download da {vendor}',
    leave: 'Voltar para {partner}',
    leaveHere: 'Avisar {partner} que preciso de mais tempo',
    back: 'Na verdade, já tenho',
  },
  reading: {
    heading: 'Lendo seu arquivo',
    text: 'Nada foi enviado ainda. Seu arquivo é verificado primeiro neste aparelho.',
    slow: 'Está demorando. Se o arquivo está no iCloud, Google Drive ou OneDrive, ele precisa ser buscado antes.',
    cancel: 'Parar',
  },
  checked: {
    heading: 'Este é seu arquivo da {vendor}',
    text: 'Parece certo. O envio começa agora.',
  },
  uploading: {
    heading: 'Enviando seu arquivo da {vendor} para {partner}',
    bar: 'Enviado até agora',
    sent: {
      one: 'Chegou {sent} de {total}',
      many: 'Chegaram {sent} de {total}',
      other: 'Chegaram {sent} de {total}',
    },
    remaining: {
      one: 'falta cerca de {time}',
      many: 'faltam cerca de {time}',
      other: 'faltam cerca de {time}',
    },
    estimating: 'calculando o tempo…',
    keepOpen: 'Mantenha esta página aberta.',
    offline: 'Você está sem conexão. Nada se perde: continua sozinho assim que a conexão voltar.',
    stalled: 'A conexão está muito lenta ou caiu. Nada se perde: continuamos tentando.',
    willNotFit:
      'Nesta velocidade são necessários {needed}, mas só restam {left}. Tente uma rede mais rápida, como o Wi-Fi: continua de onde parou.',
    cancel: 'Parar e apagar o que foi enviado',
    sure: 'Parar e apagar o que já chegou?',
    sureStop: 'Sim, parar e apagar',
    sureGoOn: 'Não, continuar enviando',
    announceStart: 'O envio começou.',
    announceShare: '{share} enviado.',
    announceTooSlow: 'Nesta velocidade o arquivo não vai chegar a tempo. Tente uma rede mais rápida.',
  },
  verifying: {
    heading: 'Verificando seu arquivo',
    text: 'Tudo chegou. Uma última verificação, só alguns segundos.',
    bar: 'Verificando',
    stalled: 'Seu arquivo está conosco. Esperamos a resposta e continuamos tentando.',
  },
  received: {
    heading: '{partner} recebeu seu arquivo',
    text: 'Seu arquivo da {vendor} chegou completo e passou em todas as verificações. Obrigado.',
    close: 'Você já pode fechar esta página.',
    onward: 'Voltando para {partner}…',
    continue: 'Continuar para {partner}',
    before: 'Seu arquivo já foi enviado com este link. Não há mais nada a fazer aqui.',
    next: 'O que acontece depois, {partner} vai dizer a você.',
    size: 'Tamanho',
    arrived: 'Recebido',
  },
  rejected: {
    heading: 'Este arquivo não serve',
    headingSeveral: 'Escolha só um arquivo',
    headingService: 'Não deu certo',
    again: 'Escolher outro arquivo',
    againSame: 'Escolher o arquivo de novo',
    file: 'Seu arquivo',
    reference: 'Referência',
    copyReference: 'Copiar a referência',
    details: 'Detalhes para o suporte',
    copy: 'Copiar os detalhes',
    copied: 'Copiado. Cole na sua mensagem para {partner}.',
  },
  ended: {
    link_invalid: {
      heading: 'Este link não funciona',
      what: 'Talvez ele tenha sido cortado ao ser copiado.',
      mend: 'Volte à mensagem ou à página de onde ele veio e abra de lá.',
    },
    link_expired: {
      heading: 'Este link é antigo demais',
      what: 'Ele não foi aberto a tempo. Nenhum arquivo foi enviado.',
      mend: 'Peça um link novo a {partner}. É rápido.',
    },
    session_expired: {
      heading: 'O tempo para este envio acabou',
      what: 'Nenhum arquivo completo chegou a tempo. O que tinha sido enviado foi apagado.',
      mend: 'Peça um link novo a {partner} e deixe seu arquivo .zip à mão.',
    },
    link_canceled: {
      heading: 'Este envio foi cancelado',
      what: '{partner} cancelou este link. Nenhum arquivo foi guardado.',
      mend: 'Se você não esperava isso, peça um link novo a {partner}.',
    },
  },
  addressAlone: {
    what: 'Este endereço só funciona na janela em que o link foi aberto. Ele não é o link completo.',
    mend: 'Volte à mensagem ou à página de onde ele veio e abra de lá. Se vier parar aqui de novo, copie de lá o link completo, até o último caractere, e cole-o na barra de endereços.',
  },
  left: {
    heading: 'Você parou o envio',
    text: 'Nenhum arquivo foi guardado. Você já pode fechar esta página.',
    notReady: 'Quando tiver seu arquivo, peça um link novo a {partner}.',
    goOn: 'Continuar com o envio',
  },
  leaving: 'Voltando para {partner}…',
  unreachable: {
    again: 'Tentar de novo',
    no_reply: {
      heading: 'Sem conexão',
      what: 'Não conseguimos falar com o serviço de envio.',
      mend: 'Confira sua conexão com a internet. Continuamos tentando automaticamente.',
    },
    foreign_reply: {
      heading: 'Sua rede está bloqueando a conexão',
      what: 'Sua rede está respondendo no nosso lugar. O Wi-Fi de hotéis, trens e escritórios costuma pedir que você entre primeiro.',
      mend: 'Entre nessa rede ou mude para outra e tente de novo.',
    },
    busy: {
      heading: 'Um momento, por favor',
      what: 'Esta página foi acessada muitas vezes em pouco tempo.',
      mend: 'Tentamos de novo automaticamente em um instante.',
    },
    service: {
      heading: 'O problema é do nosso lado',
      what: 'O serviço de envio não pode responder agora. A culpa não é sua.',
      mend: 'Continuamos tentando automaticamente. Você também pode voltar em alguns minutos.',
    },
  },
  leave: {
    back: 'Voltar para {partner}',
    stop: 'Terminar sem enviar',
    ask: 'Pedir um link novo a {partner}',
  },
  countdown: {
    left: {
      one: 'Resta {time} para enviar',
      many: 'Restam {time} para enviar',
      other: 'Restam {time} para enviar',
    },
    twoMinutes: 'Restam menos de dois minutos. Todo o seu arquivo precisa chegar antes que o tempo acabe.',
    halfMinute: 'Resta menos de meio minuto. Se não for suficiente, peça um link novo a {partner}.',
    over: 'Verificando se ainda há tempo…',
  },
  trust: {
    title: 'Quem recebe seu arquivo',
    titleAfter: 'O que acontece agora com seu arquivo',
    inShort: 'Primeiro ele é verificado no seu aparelho. Vai só para {partner}.',
    more: 'O que acontece com ele',
    who: 'Seu arquivo vai para {partner}, por uma conexão protegida, e para mais ninguém.',
    purpose: 'Para que {partner} precisa dele:',
    noPurpose: 'Não sabe bem para que serve? Pergunte a {partner} antes de enviar.',
    check:
      'Ele é verificado no seu aparelho antes que qualquer parte dele seja enviada. Se não puder ser usado, só o motivo é informado a {partner}.',
    keptBoth: {
      one: 'Seu arquivo e o que é calculado com ele são apagados deste serviço depois de {n} dia.',
      many: 'Seu arquivo e o que é calculado com ele são apagados deste serviço depois de {n} de dias.',
      other: 'Seu arquivo e o que é calculado com ele são apagados deste serviço depois de {n} dias.',
    },
    keptFile: {
      one: 'Seu arquivo é apagado deste serviço depois de {n} dia.',
      many: 'Seu arquivo é apagado deste serviço depois de {n} de dias.',
      other: 'Seu arquivo é apagado deste serviço depois de {n} dias.',
    },
    keptResults: {
      one: 'O que é calculado com ele é apagado depois de {n} dia.',
      many: 'O que é calculado com ele é apagado depois de {n} de dias.',
      other: 'O que é calculado com ele é apagado depois de {n} dias.',
    },
    keptBothUntil: 'Seu arquivo e o que é calculado com ele ficam guardados até {partner} apagá-los.',
    keptFileUntil: 'Seu arquivo fica guardado até {partner} apagá-lo.',
    keptResultsUntil: 'O que é calculado com ele fica guardado até {partner} apagá-lo.',
    unfinished: 'Se ele não chegar a tempo, o que foi enviado é apagado.',
    erase: 'Quer que ele seja apagado? Peça a {partner}: dá para apagar de vez a qualquer momento.',
    promise: 'Este serviço nunca vende seu arquivo e não o usa para fins próprios.',
    privacy: 'Esta página não usa cookies e não carrega nada de outras empresas.',
    policy: 'Como {partner} trata seus dados',
    support: 'Ajuda de {partner}',
  },
  otherSource: 'Parece um arquivo de {source}. {partner} ainda não pode usar esses arquivos.',
  network: NETWORK_PT_BR,
  reasons: REASONS_PT_BR,
  recognised: RECOGNISED_PT_BR,
}
