import type { DoctorWords } from './words.ts'

export const ptBr: DoctorWords = {
  locale: 'pt-BR',
  title: 'Doctor',
  lead: 'Esta página testa o que um envio precisa: neste navegador, neste ambiente e nesta rede. Nada sobre você é lido, e um arquivo escolhido aqui não é enviado.',
  busy: {
    what: 'Há visitas demais desta rede neste momento.',
    mend: 'Aguarde um minuto e carregue a página novamente.',
  },
  notStarted: {
    what: 'O script desta página não funciona aqui.',
    mend: 'A página de envio também não funcionaria. O navegador ou a WebView pode ser antigo demais (é preciso Safari 15.4, Chrome 90, Edge 90 ou Firefox 91), ou algo bloqueia os scripts deste endereço. Atualize-o, permita scripts ou abra a página em outro navegador.',
  },
  noScript: {
    what: 'Os scripts estão desativados aqui.',
    mend: 'A página de envio precisa deles. Em uma WebView do Android, chame setJavaScriptEnabled(true). Em um frame, acrescente allow-scripts ao atributo sandbox.',
  },
  script: {
    trying: 'Testando…',
    summary: {
      fails: {
        one: 'Uma coisa precisa mudar para que os envios funcionem aqui.',
        other: '{n} coisas precisam mudar para que os envios funcionem aqui.',
      },
      fallsBack: {
        one: 'Os envios funcionam aqui. Uma coisa poderia ser melhor.',
        other: 'Os envios funcionam aqui. {n} coisas poderiam ser melhores.',
      },
      works: 'Os envios funcionam aqui.',
    },
    noAnswer: 'sem resposta',
    status: 'status {status}',
  },
  levels: {
    works: 'Funciona',
    falls_back: 'Funciona de outra forma',
    fails: 'Precisa mudar',
    untried: 'Não testado',
  },
  chooser: {
    title: 'Teste a escolha de arquivos',
    text: 'Escolha qualquer arquivo, de preferência um guardado em uma nuvem, como o Google Drive ou o iCloud. Ele é lido aqui e não é enviado.',
    button: 'Escolher um arquivo',
  },
  keep: {
    title: 'Mostrar o resultado a quem administra este serviço',
    text: 'Ele aparece no console dessas pessoas, em Doctor, com o código que você recebe aqui. Contém o que está nesta página e o nome do navegador, e é apagado depois de um dia.',
    button: 'Obter um código',
    failed: 'Não foi possível guardar o resultado. Tente de novo em um minuto.',
  },
  checks: {
    address: {
      title: 'Endereço',
      findings: {
        right: 'A página foi aberta no endereço que os links têm.',
        elsewhere: [
          'A página foi aberta em um endereço diferente do que os links têm.',
          'Use os links como a API os devolve, sem trocar o host.',
        ],
      },
    },
    surroundings: {
      title: 'Ambiente',
      findings: {
        window: 'A página tem uma janela própria.',
        frame: 'A página está em um frame de outra página, e o frame a deixa funcionar.',
        app: 'A página está em um aplicativo.',
        sandbox: [
          'A página está em uma sandbox sem origem própria e por isso não pode falar com o próprio servidor.',
          'Acrescente allow-same-origin ao atributo sandbox do frame e a uma Content-Security-Policy: sandbox da página em volta. O embed.js define os atributos certos.',
        ],
      },
    },
    scripts: {
      title: 'Scripts',
      findings: {
        current: 'O navegador tem tudo o que a página de envio precisa.',
        old: [
          'Faltam ao navegador interfaces de que a página de envio precisa: {figure}.',
          'Atualize o navegador ou a WebView; a página “Browsers” da documentação mostra os mais antigos que servem.',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: 'A conexão é considerada segura.',
        insecure: [
          'A conexão é http sem criptografia, por isso o navegador não oferece algumas de suas funções.',
          'Coloque https na frente do serviço e informe esse endereço em PUBLIC_URL.',
        ],
      },
    },
    chooser: {
      title: 'Escolha de arquivos',
      findings: {
        untried: 'Nenhum arquivo foi escolhido ainda.',
        opened: 'A escolha de arquivos se abre.',
        silent: [
          'A escolha de arquivos foi pedida e não se abriu.',
          'Em uma WebView do Android, implemente onShowFileChooser. No aplicativo de outra empresa, ofereça o link no navegador.',
        ],
      },
    },
    file: {
      title: 'Leitura do arquivo',
      findings: {
        untried: 'Nenhum arquivo foi escolhido ainda. Um que está em uma nuvem é o que mais revela.',
        read: 'O arquivo escolhido pode ser lido do primeiro ao último byte.',
        unreadable: [
          'O arquivo escolhido não pode ser lido. Talvez ainda esteja em uma nuvem ou tenha mudado desde então.',
          'Baixe primeiro o arquivo para o dispositivo e escolha-o de novo.',
        ],
      },
    },
    inflate: {
      title: 'Abertura de arquivos ZIP',
      findings: {
        built_in: 'O navegador abre arquivos ZIP por conta própria (DecompressionStream).',
        loaded:
          'O navegador não tem DecompressionStream. A página de envio carrega código próprio para abri-los.',
      },
    },
    digest: {
      title: 'Soma de verificação',
      findings: {
        built_in: 'O navegador calcula as somas de verificação por conta própria (SubtleCrypto).',
        own: [
          'O navegador não oferece SubtleCrypto aqui. A página de envio calcula as somas por conta própria, mais devagar.',
          'Sirva a página por https.',
        ],
      },
    },
    worker: {
      title: 'Thread em segundo plano',
      findings: {
        runs: 'Os arquivos podem ser lidos em uma thread separada.',
        refused:
          'Nenhuma thread em segundo plano inicia aqui. A própria página de envio lê o arquivo e pode travar um pouco.',
      },
    },
    storage: {
      title: 'Armazenamento',
      findings: {
        available: 'O armazenamento está disponível. A página de envio não guarda nada nele.',
        refused:
          'O navegador nega o armazenamento aqui. Isso não muda nada: a página de envio não guarda nada nele.',
      },
    },
    clock: {
      title: 'Relógio',
      findings: {
        unknown: 'O relógio não pôde ser comparado, porque o servidor não respondeu.',
        right: 'O relógio do dispositivo e o do servidor estão de acordo.',
        wrong: [
          'O relógio do dispositivo está errado em {figure}. A página de envio conta pelo relógio do servidor.',
          'Acerte o relógio do dispositivo: se estiver muito errado, o https deixa de funcionar.',
        ],
      },
    },
    methods: {
      title: 'Métodos',
      findings: {
        plain: 'HEAD e PATCH chegam ao servidor.',
        in_header: [
          'PATCH ou HEAD não chega ao servidor ({figure}), mas um POST que informa o método chega.',
          'Deixe HEAD e PATCH em /api/upload/ passarem pelo proxy ou firewall.',
        ],
        one_request: [
          'Requisições a um envio já iniciado não chegam ao servidor ({figure}). O arquivo é enviado em uma única requisição e não pode ser retomado.',
          'Deixe HEAD, PATCH e POST em /api/upload/files/ passarem pelo proxy ou firewall.',
        ],
        blocked: [
          'Nenhuma requisição com um arquivo chega ao servidor ({figure}).',
          'Algo entre este navegador e o serviço recusa envios. Deixe HEAD, PATCH e POST em /api/upload/ passarem pelo proxy ou firewall, ou use outra rede.',
        ],
      },
    },
    bodies: {
      title: 'Tamanhos',
      findings: {
        unknown: 'Os tamanhos não foram testados, porque nenhuma requisição com um arquivo passa.',
        large: 'Requisições de 5 MiB chegam inteiras ao servidor.',
        smaller: [
          'Só requisições de até {figure} chegam ao servidor. A página de envio manda mais requisições, menores.',
          'Deixe corpos de 5 MiB passarem pelo proxy (nginx: client_max_body_size 6m).',
        ],
        cut: [
          'Nem uma requisição de 64 KiB chega inteira ao servidor.',
          'Deixe corpos de 5 MiB passarem pelo proxy (nginx: client_max_body_size 6m) e não os altere.',
        ],
      },
    },
    headers: {
      title: 'Cabeçalhos',
      findings: {
        unknown: 'Os cabeçalhos não foram comparados, porque nenhuma requisição com um arquivo passa.',
        kept: 'Os cabeçalhos dos envios chegam nos dois sentidos.',
        token_removed: [
          'Authorization é removido no caminho. A página de envio manda o token do link também em X-Upload-Token.',
          'Deixe Authorization passar pelo proxy.',
        ],
        answer_removed: [
          'Upload-Offset ou Tus-Resumable é removido das respostas. O arquivo é enviado em uma única requisição.',
          'Deixe Upload-Offset, Tus-Resumable e Location passarem pelo proxy, também nas respostas.',
        ],
        removed: [
          'Upload-Offset ou Tus-Resumable é removido das requisições, e sem eles nenhum arquivo pode ser enviado.',
          'Deixe Upload-Offset, Upload-Length, Upload-Metadata e Tus-Resumable passarem pelo proxy.',
        ],
      },
    },
    host: {
      title: 'Eventos',
      findings: {
        none: 'Não há página nem aplicativo em volta desta, então ninguém precisa saber dos eventos.',
        answers: 'A página em volta desta responde: os eventos vão nos dois sentidos.',
        app: 'O aplicativo em volta desta página recebe os eventos. Se ele os entende, vê-se no aplicativo.',
        silent: [
          'A página em volta desta não responde. Os envios funcionam e os webhooks avisam o seu backend, mas a sua página não fica sabendo de nada.',
          'Abra os links com o embed.js, que responde à saudação da página, ou responda você mesmo como mostra “Embedding”.',
        ],
      },
    },
    isolation: {
      title: 'Isolamento (COOP, COEP)',
      findings: {
        open: 'A página não está isolada de outros sites, e não precisa estar.',
        isolated: 'A página está isolada de outros sites e funciona mesmo assim.',
      },
    },
    screen: {
      title: 'Tela',
      findings: {
        held: 'A tela fica ligada enquanto um arquivo é enviado.',
        refused: [
          'A tela pode apagar enquanto um arquivo é enviado: este frame não pode mantê-la ligada. O envio continua depois.',
          'Acrescente allow="screen-wake-lock" ao frame; o embed.js faz isso.',
        ],
        missing:
          'A tela pode apagar enquanto um arquivo é enviado, porque o navegador não consegue mantê-la ligada. O envio continua depois.',
      },
    },
  },
}
