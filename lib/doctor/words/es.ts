import type { DoctorWords } from './words.ts'

export const es: DoctorWords = {
  locale: 'es',
  title: 'Doctor',
  lead: 'Aquí se prueba lo que necesita una subida: en este navegador, en este entorno y en esta red. No se lee nada sobre usted, y el archivo que elija aquí no se envía.',
  busy: {
    what: 'En este momento hay demasiadas visitas desde esta red.',
    mend: 'Espere un minuto y vuelva a cargar la página.',
  },
  notStarted: {
    what: 'El script de esta página no funciona aquí.',
    mend: 'La página de subida tampoco funcionaría. El navegador o el WebView puede ser demasiado antiguo (se necesita Safari 15.4, Chrome 90, Edge 90 o Firefox 91), o algo bloquea los scripts de esta dirección. Actualícelo, permita los scripts o abra la página en otro navegador.',
  },
  noScript: {
    what: 'Los scripts están desactivados aquí.',
    mend: 'La página de subida los necesita. En un WebView de Android, llame a setJavaScriptEnabled(true). En un marco, añada allow-scripts a su atributo sandbox.',
  },
  script: {
    trying: 'Probando…',
    summary: {
      fails: {
        one: 'Hay que cambiar una cosa para que las subidas funcionen aquí.',
        other: 'Hay que cambiar {n} cosas para que las subidas funcionen aquí.',
      },
      fallsBack: {
        one: 'Las subidas funcionan aquí. Una cosa podría ir mejor.',
        other: 'Las subidas funcionan aquí. {n} cosas podrían ir mejor.',
      },
      works: 'Las subidas funcionan aquí.',
    },
    noAnswer: 'sin respuesta',
    status: 'estado {status}',
  },
  levels: {
    works: 'Funciona',
    falls_back: 'Funciona de otro modo',
    fails: 'Hay que cambiarlo',
    untried: 'Sin probar',
  },
  chooser: {
    title: 'Pruebe el selector de archivos',
    text: 'Elija cualquier archivo, mejor uno guardado en una nube, como Google Drive o iCloud. Se lee aquí y no se envía.',
    button: 'Elegir un archivo',
  },
  keep: {
    title: 'Mostrar el resultado a quienes gestionan este servicio',
    text: 'Lo ven en su consola, en Doctor, con el código que recibirá aquí. Contiene lo que dice esta página y el nombre del navegador, y se borra al cabo de un día.',
    button: 'Obtener un código',
    failed: 'No se pudo guardar el resultado. Inténtelo de nuevo dentro de un minuto.',
  },
  checks: {
    address: {
      title: 'Dirección',
      findings: {
        right: 'La página se abrió en la dirección que llevan los enlaces.',
        elsewhere: [
          'La página se abrió en una dirección distinta de la que llevan los enlaces.',
          'Use los enlaces tal como los devuelve la API, sin cambiar el host.',
        ],
      },
    },
    surroundings: {
      title: 'Entorno',
      findings: {
        window: 'La página tiene su propia ventana.',
        frame: 'La página está en un marco de otra página, y el marco la deja trabajar.',
        app: 'La página está en una aplicación.',
        sandbox: [
          'La página está en un sandbox sin origen propio, así que no puede contactar con su propio servidor.',
          'Añada allow-same-origin al atributo sandbox del marco y a una Content-Security-Policy: sandbox de la página que lo rodea. embed.js pone los atributos correctos.',
        ],
      },
    },
    scripts: {
      title: 'Scripts',
      findings: {
        current: 'El navegador tiene todo lo que necesita la página de subida.',
        old: [
          'Al navegador le faltan interfaces que necesita la página de subida: {figure}.',
          'Actualice el navegador o el WebView; la página «Browsers» de la documentación indica los más antiguos que sirven.',
        ],
      },
    },
    connection: {
      title: 'https',
      findings: {
        secure: 'La conexión se considera segura.',
        insecure: [
          'La conexión es http sin cifrar, por lo que el navegador no ofrece algunas de sus funciones.',
          'Ponga https delante del servicio e indique esa dirección en PUBLIC_URL.',
        ],
      },
    },
    chooser: {
      title: 'Selector de archivos',
      findings: {
        untried: 'Todavía no se ha elegido ningún archivo.',
        opened: 'El selector de archivos se abre.',
        silent: [
          'Se pidió el selector de archivos y no se abrió.',
          'En un WebView de Android, implemente onShowFileChooser. En la aplicación de otra empresa, ofrezca el enlace en el navegador.',
        ],
      },
    },
    file: {
      title: 'Lectura del archivo',
      findings: {
        untried: 'Todavía no se ha elegido ningún archivo. Uno guardado en una nube es el que más revela.',
        read: 'El archivo elegido se puede leer del primer al último byte.',
        unreadable: [
          'El archivo elegido no se puede leer. Puede que siga en una nube o que haya cambiado desde entonces.',
          'Descargue primero el archivo en el dispositivo y vuelva a elegirlo.',
        ],
      },
    },
    inflate: {
      title: 'Apertura de archivos ZIP',
      findings: {
        built_in: 'El navegador puede abrir archivos ZIP por sí mismo (DecompressionStream).',
        loaded:
          'El navegador no tiene DecompressionStream. La página de subida carga su propio código para abrirlos.',
      },
    },
    digest: {
      title: 'Suma de verificación',
      findings: {
        built_in: 'El navegador calcula las sumas de verificación por sí mismo (SubtleCrypto).',
        own: [
          'El navegador no ofrece SubtleCrypto aquí. La página de subida calcula las sumas por sí misma, más despacio.',
          'Sirva la página por https.',
        ],
      },
    },
    worker: {
      title: 'Hilo en segundo plano',
      findings: {
        runs: 'Los archivos se pueden leer en un hilo propio.',
        refused:
          'Aquí no arranca ningún hilo en segundo plano. La página de subida lee el archivo ella misma y puede ir a tirones.',
      },
    },
    storage: {
      title: 'Almacenamiento',
      findings: {
        available: 'El almacenamiento está disponible. La página de subida no guarda nada en él.',
        refused:
          'El navegador no permite aquí el almacenamiento. No importa: la página de subida no guarda nada en él.',
      },
    },
    clock: {
      title: 'Reloj',
      findings: {
        unknown: 'No se pudo comparar el reloj, porque el servidor no respondió.',
        right: 'El reloj del dispositivo y el del servidor coinciden.',
        wrong: [
          'El reloj del dispositivo se desvía {figure}. La página de subida cuenta con el reloj del servidor.',
          'Ponga en hora el dispositivo: si se desvía mucho, https deja de funcionar.',
        ],
      },
    },
    methods: {
      title: 'Métodos',
      findings: {
        plain: 'HEAD y PATCH llegan al servidor.',
        in_header: [
          'PATCH o HEAD no llega al servidor ({figure}), pero sí un POST que nombra su método.',
          'Deje pasar HEAD y PATCH bajo /api/upload/ por el proxy o el cortafuegos.',
        ],
        one_request: [
          'Las peticiones a una subida ya empezada no llegan al servidor ({figure}). El archivo se envía en una sola petición y no se puede reanudar.',
          'Deje pasar HEAD, PATCH y POST bajo /api/upload/files/ por el proxy o el cortafuegos.',
        ],
        blocked: [
          'Ninguna petición con un archivo llega al servidor ({figure}).',
          'Algo entre este navegador y el servicio rechaza las subidas. Deje pasar HEAD, PATCH y POST bajo /api/upload/ por el proxy o el cortafuegos, o use otra red.',
        ],
      },
    },
    bodies: {
      title: 'Tamaños',
      findings: {
        unknown: 'No se probaron los tamaños, porque no pasa ninguna petición con un archivo.',
        large: 'Las peticiones de 5 MiB llegan enteras al servidor.',
        smaller: [
          'Al servidor solo llegan peticiones de hasta {figure}. La página de subida envía más peticiones y más pequeñas.',
          'Deje pasar cuerpos de 5 MiB por el proxy (nginx: client_max_body_size 6m).',
        ],
        cut: [
          'Ni siquiera una petición de 64 KiB llega entera al servidor.',
          'Deje pasar cuerpos de 5 MiB por el proxy (nginx: client_max_body_size 6m) y no los modifique.',
        ],
      },
    },
    headers: {
      title: 'Cabeceras',
      findings: {
        unknown: 'No se compararon las cabeceras, porque no pasa ninguna petición con un archivo.',
        kept: 'Las cabeceras de las subidas llegan en ambos sentidos.',
        token_removed: [
          'Authorization se elimina por el camino. La página de subida envía el token del enlace también en X-Upload-Token.',
          'Deje pasar Authorization por el proxy.',
        ],
        answer_removed: [
          'Upload-Offset o Tus-Resumable se elimina de las respuestas. El archivo se envía en una sola petición.',
          'Deje pasar Upload-Offset, Tus-Resumable y Location por el proxy, también en las respuestas.',
        ],
        removed: [
          'Upload-Offset o Tus-Resumable se elimina de las peticiones, y sin ellas no se puede enviar ningún archivo.',
          'Deje pasar Upload-Offset, Upload-Length, Upload-Metadata y Tus-Resumable por el proxy.',
        ],
      },
    },
    host: {
      title: 'Eventos',
      findings: {
        none: 'Ninguna página ni aplicación rodea a esta, así que nadie tiene que enterarse de los eventos.',
        answers: 'La página que rodea a esta responde: los eventos van en ambos sentidos.',
        app: 'La aplicación que rodea a esta página recibe los eventos. Si los entiende, se ve en la aplicación.',
        silent: [
          'La página que rodea a esta no responde. Las subidas funcionan y los webhooks avisan a su backend, pero su página no se entera de nada.',
          'Abra los enlaces con embed.js, que responde al saludo de la página, o responda usted mismo como indica «Embedding».',
        ],
      },
    },
    isolation: {
      title: 'Aislamiento (COOP, COEP)',
      findings: {
        open: 'La página no está aislada de otros sitios, ni hace falta.',
        isolated: 'La página está aislada de otros sitios y funciona igualmente.',
      },
    },
    screen: {
      title: 'Pantalla',
      findings: {
        held: 'La pantalla permanece encendida mientras se envía un archivo.',
        refused: [
          'La pantalla puede apagarse mientras se envía un archivo: este marco no puede mantenerla encendida. La subida continúa después.',
          'Añada allow="screen-wake-lock" al marco; embed.js lo hace.',
        ],
        missing:
          'La pantalla puede apagarse mientras se envía un archivo, porque el navegador no puede mantenerla encendida. La subida continúa después.',
      },
    },
  },
}
