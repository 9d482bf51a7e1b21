import type { Words } from '../words.ts'
import { NETWORK_ES } from './network.ts'
import { REASONS_ES } from './reasons.ts'
import { RECOGNISED_ES } from './recognised.ts'

/**
 * Spanish: «usted», short sentences, no jargon, words that are understood on both sides of the Atlantic.
 * What has ended is in the simple past, which both sides use; the perfect is only for what still lasts.
 */
export const es: Words = {
  locale: 'es',
  title: 'Enviar su archivo de ADN',
  test: 'Esto es una prueba. No elija un archivo de ADN real: todo lo que se envía aquí se elimina al cabo de un día.',
  noScript: 'Esta página necesita JavaScript. Actívelo o abra el enlace en otro navegador.',
  start: {
    heading: 'Esta página no se inició',
    late: 'Si su conexión es lenta, espere un poco más. Si no, vuelva a cargar la página, desactive lo que bloquee aquí los scripts o abra el enlace en un navegador actualizado: Chrome, Edge, Firefox o Safari.',
    reload: 'Volver a cargar la página',
    elsewhere: 'Esta no es la dirección de este servicio. Utilice {address}.',
    open: 'Abrir esta página en {address}',
    boxed: 'La página que contiene a esta no la deja funcionar. Ábrala en una ventana aparte.',
  },
  someone: 'quien le envió este enlace',
  steps: { label: 'Pasos', choose: 'Elegir', check: 'Comprobar', send: 'Enviar' },
  loading: 'Abriendo su página de envío…',
  busy: 'Espere, por favor',
  ready: {
    heading: 'Envíe su archivo de ADN a {partner}',
    need: 'Necesita el archivo .zip con sus datos de ADN sin procesar de {vendors}.',
    unchanged: 'Elíjalo tal como se lo dio la empresa de su prueba de ADN.',
    mayTake:
      'Si todavía tiene que pedirlo: la empresa de su prueba de ADN puede tardar horas o días en enviarlo.',
    choose: 'Elegir mi archivo .zip',
    drop: 'O arrastre el archivo a cualquier parte de esta página.',
    dropNow: 'Suelte para comprobar este archivo',
    limits: 'Hasta {limit}.',
    takes: 'Si ya tiene el archivo, tardará unos dos minutos.',
    window: 'Esta página seguirá abierta {time} más.',
    noFileYet: 'Todavía no lo tengo',
    canceled: 'Detenido. Lo que se había enviado está borrado.',
    resumable:
      'Ya tenemos el {share} de un archivo. Elija el mismo archivo para continuar, u otro para empezar de nuevo.',
  },
  picker: {
    cannotSelect: 'No puedo seleccionar mi archivo',
    anyType:
      'Ahora puede seleccionar cualquier archivo. Inténtelo de nuevo: si el suyo aparecía en gris, ya debería funcionar.',
    silent:
      '¿No se abrió nada? Algunas aplicaciones no dejan elegir archivos. Abra esta página en su navegador habitual (Safari, Chrome o Firefox) o use otro dispositivo.',
    inApp:
      'Abrió esta página dentro de otra aplicación. Si aquí no puede elegir su archivo, abra la página en su navegador habitual: busque «Abrir en el navegador» en el menú de la aplicación o copie el enlace.',
    inAppCopied: 'Copiado. Ahora péguelo en la barra de direcciones de su navegador habitual.',
    ownWindow: 'Abrir esta página en su propia ventana',
  },
  otherDevice: {
    title: 'Mi archivo está en otro dispositivo',
    how: 'Abra allí esta misma página. Envíese el enlace:',
    timeLeft: 'Sirve todavía durante {time}.',
    share: 'Compartir el enlace',
    copy: 'Copiar el enlace',
    copied: 'Copiado. Ahora péguelo en un mensaje para usted mismo.',
    copiedShort: 'Copiado',
    copyByHand: 'Aquí no se puede copiar. Copie la dirección que está arriba en su navegador.',
    caution:
      'No lo comparta con nadie: cualquiera que tenga este enlace puede enviar un archivo en su nombre.',
  },
  where: {
    title: '¿Dónde está mi archivo .zip?',
    intro:
      'Tiene que ser el propio .zip, no el archivo que hay dentro. Los teléfonos y los equipos a menudo lo descomprimen por su cuenta.',
    systems: {
      ios: {
        title: 'iPhone o iPad',
        steps: [
          'Abra la aplicación Archivos y mire en Descargas, en el iPhone y en iCloud Drive.',
          'Al tocar un .zip se descomprime y aparece al lado otro archivo o una carpeta. Elija el que termina en .zip.',
          'Si solo queda el archivo descomprimido, descárguelo otra vez de la empresa de su prueba de ADN.',
        ],
      },
      android: {
        title: 'Android',
        steps: [
          'Abra Archivos (o Mis archivos) y mire en Descargas.',
          'Elija el archivo que termina en .zip. No lo «extraiga» antes.',
          'Si aparece en gris, use «No puedo seleccionar mi archivo» en esta página.',
        ],
      },
      mac: {
        title: 'Mac',
        steps: [
          'Safari descomprime las descargas por su cuenta y deja el .zip en la Papelera. Búsquelo allí y recupérelo.',
          'O desactívelo: Safari, Ajustes, General, «Abrir archivos “seguros” al descargarlos». Después descárguelo otra vez.',
          'No lo comprima usted de nuevo: eso cambia el archivo.',
        ],
      },
      windows: {
        title: 'Windows',
        steps: [
          'Abra el Explorador de archivos y mire en Descargas.',
          'Elija la «Carpeta comprimida (en zip)». No use «Extraer todo».',
          'Si solo ve un archivo de texto, descárguelo otra vez de la empresa de su prueba de ADN.',
        ],
      },
    },
  },
  howToGet: {
    title: '¿Cómo lo obtengo de la empresa de mi prueba de ADN?',
    intro:
      'Inicie sesión en su sitio web, mejor desde un equipo de escritorio o portátil. Le enviarán un correo cuando el archivo esté listo.',
    fileName: 'El archivo se llama, por ejemplo, {file}.',
    vendors: {
      '23andme': {
        steps: [
          'Abra «Settings», luego «23andMe Data» y después «Download your data».',
          'Pida «Raw data». No el árbol familiar, los parientes ni los informes.',
          'Cuando llegue el correo, inicie sesión otra vez y guarde el archivo .zip.',
        ],
        wait: 'El correo llega al cabo de unas horas, a veces de días.',
      },
      ancestrydna: {
        steps: [
          'Abra «ADN», luego «Ajustes» y después «Descargar datos de ADN».',
          'Confírmelo con el enlace del correo.',
          'Guarde el archivo .zip con el enlace del siguiente correo. Ese enlace sirve una sola vez y durante una semana.',
        ],
        wait: 'Puede tardar unas horas.',
      },
      myheritage: {
        steps: [
          'Abra «ADN» y después «Administrar kits de ADN».',
          'Abra el menú de tres puntos junto a su kit y elija «Descargar».',
          'Confírmelo con el enlace del correo y guarde el archivo .zip.',
        ],
        wait: 'Puede tardar desde unos minutos hasta unas horas.',
      },
    },
  },
  noFileYet: {
    heading: 'No pasa nada. Primero consiga su archivo',
    intro: 'Pida sus datos sin procesar a la empresa de su prueba de ADN. Puede tardar horas o días.',
    link: 'Para entonces esta página estará cerrada. {partner} puede enviarle un enlace nuevo.',
    site: 'Abrir la página de descarga de {vendor}',
    leave: 'Volver a {partner}',
    leaveHere: 'Decir a {partner} que necesito más tiempo',
    back: 'Sí que lo tengo',
  },
  reading: {
    heading: 'Leyendo su archivo',
    text: 'Todavía no se ha enviado nada. Su archivo se comprueba primero en este dispositivo.',
    slow: 'Está tardando. Si el archivo está en iCloud, Google Drive u OneDrive, primero hay que traerlo.',
    cancel: 'Detener',
  },
  checked: {
    heading: 'Este es su archivo de {vendor}',
    text: 'Parece correcto. Ahora empieza el envío.',
  },
  uploading: {
    heading: 'Enviando su archivo de {vendor} a {partner}',
    bar: 'Enviado hasta ahora',
    sent: {
      one: 'Ha llegado {sent} de {total}',
      many: 'Han llegado {sent} de {total}',
      other: 'Han llegado {sent} de {total}',
    },
    remaining: {
      one: 'falta aproximadamente {time}',
      many: 'faltan aproximadamente {time}',
      other: 'faltan aproximadamente {time}',
    },
    estimating: 'calculando el tiempo…',
    keepOpen: 'Deje esta página abierta, por favor.',
    offline: 'No tiene conexión. No se pierde nada: seguirá por sí solo en cuanto vuelva la conexión.',
    stalled: 'La conexión va muy lenta o se cortó. No se pierde nada: seguimos intentándolo.',
    willNotFit:
      'A esta velocidad hacen falta {needed}, pero solo quedan {left}. Pruebe una red más rápida, por ejemplo wifi: seguirá donde se detuvo.',
    cancel: 'Detener y borrar lo enviado',
    sure: '¿Detener y borrar lo que ya llegó?',
    sureStop: 'Sí, detener y borrar',
    sureGoOn: 'No, seguir enviando',
    announceStart: 'El envío empezó.',
    announceShare: '{share} enviado.',
    announceTooSlow: 'A esta velocidad el archivo no llegará a tiempo. Pruebe una red más rápida.',
  },
  verifying: {
    heading: 'Comprobando su archivo',
    text: 'Llegó todo. Una última comprobación, solo unos segundos.',
    bar: 'Comprobando',
    stalled: 'Tenemos su archivo. Esperamos la respuesta y seguimos intentándolo.',
  },
  received: {
    heading: '{partner} tiene su archivo',
    text: 'Su archivo de {vendor} llegó completo y pasó todas las comprobaciones. Gracias.',
    close: 'Ya puede cerrar esta página.',
    onward: 'Le llevamos de vuelta a {partner}…',
    continue: 'Continuar a {partner}',
    before: 'Su archivo ya se envió con este enlace. Aquí no queda nada por hacer.',
    next: 'Lo que pasa después se lo dirá {partner}.',
    size: 'Tamaño',
    arrived: 'Recibido',
  },
  rejected: {
    heading: 'Este archivo no sirve',
    headingSeveral: 'Elija un solo archivo',
    headingService: 'No funcionó',
    again: 'Elegir otro archivo',
    againSame: 'Elegir el archivo otra vez',
    file: 'Su archivo',
    reference: 'Referencia',
    copyReference: 'Copiar la referencia',
    details: 'Detalles para la asistencia',
    copy: 'Copiar los detalles',
    copied: 'Copiado. Péguelos en su mensaje a {partner}.',
  },
  ended: {
    link_invalid: {
      heading: 'Este enlace no funciona',
      what: 'Puede que se cortara al copiarlo.',
      mend: 'Vuelva al mensaje o a la página de donde viene y ábralo desde allí.',
    },
    link_expired: {
      heading: 'Este enlace es demasiado antiguo',
      what: 'No se abrió a tiempo. No se envió ningún archivo.',
      mend: 'Pida un enlace nuevo a {partner}. Es solo un momento.',
    },
    session_expired: {
      heading: 'Se acabó el tiempo para este envío',
      what: 'No llegó ningún archivo completo a tiempo. Lo que se había enviado está borrado.',
      mend: 'Pida un enlace nuevo a {partner} y tenga listo su archivo .zip.',
    },
    link_canceled: {
      heading: 'Este envío fue anulado',
      what: '{partner} anuló este enlace. No se guardó ningún archivo.',
      mend: 'Si le sorprende, pida un enlace nuevo a {partner}.',
    },
  },
  addressAlone: {
    what: 'Esta dirección solo funciona en la ventana en la que se abrió el enlace. No es el enlace completo.',
    mend: 'Vuelva al mensaje o a la página de donde viene y ábralo desde allí. Si vuelve a llegar aquí, copie de allí el enlace completo, hasta el último carácter, y péguelo en la barra de direcciones.',
  },
  left: {
    heading: 'Detuvo el envío',
    text: 'No se guardó ningún archivo. Ya puede cerrar esta página.',
    notReady: 'Cuando tenga su archivo, pida un enlace nuevo a {partner}.',
    goOn: 'Seguir con el envío',
  },
  leaving: 'Volviendo a {partner}…',
  unreachable: {
    again: 'Intentar de nuevo',
    no_reply: {
      heading: 'Sin conexión',
      what: 'No pudimos llegar al servicio de envío.',
      mend: 'Revise su conexión a internet. Seguimos intentándolo automáticamente.',
    },
    foreign_reply: {
      heading: 'Su red bloquea la conexión',
      what: 'Su red responde en nuestro lugar. La wifi de hoteles, trenes y oficinas suele pedir antes que inicie sesión.',
      mend: 'Inicie sesión en esa red o cambie a otra, y después inténtelo de nuevo.',
    },
    busy: {
      heading: 'Un momento, por favor',
      what: 'Se consultó esta página demasiadas veces en poco tiempo.',
      mend: 'Lo intentamos de nuevo automáticamente enseguida.',
    },
    service: {
      heading: 'Tenemos un problema por nuestra parte',
      what: 'El servicio de envío no puede responder ahora mismo. No es culpa suya.',
      mend: 'Seguimos intentándolo automáticamente. También puede volver en unos minutos.',
    },
  },
  leave: {
    back: 'Volver a {partner}',
    stop: 'Terminar sin enviar',
    ask: 'Pedir un enlace nuevo a {partner}',
  },
  countdown: {
    left: {
      one: 'Queda {time} para enviar',
      many: 'Quedan {time} para enviar',
      other: 'Quedan {time} para enviar',
    },
    twoMinutes:
      'Quedan menos de dos minutos. Todo su archivo tiene que llegar antes de que se acabe el tiempo.',
    halfMinute: 'Queda menos de medio minuto. Si no basta, pida un enlace nuevo a {partner}.',
    over: 'Comprobando si queda tiempo…',
  },
  trust: {
    title: 'Quién recibe su archivo',
    titleAfter: 'Qué pasa ahora con su archivo',
    inShort: 'Primero se comprueba en su dispositivo. Solo llega a {partner}.',
    more: 'Qué pasa con él',
    who: 'Su archivo va a {partner}, por una conexión protegida, y a nadie más.',
    purpose: 'Para qué lo necesita {partner}:',
    noPurpose: '¿No está seguro de para qué es? Pregunte a {partner} antes de enviarlo.',
    check:
      'Se comprueba en su dispositivo antes de enviar nada de él. Si no sirve, a {partner} solo se le comunica el motivo.',
    keptBoth: {
      one: 'Su archivo y lo que se calcula con él se borran de este servicio después de {n} día.',
      many: 'Su archivo y lo que se calcula con él se borran de este servicio después de {n} de días.',
      other: 'Su archivo y lo que se calcula con él se borran de este servicio después de {n} días.',
    },
    keptFile: {
      one: 'Su archivo se borra de este servicio después de {n} día.',
      many: 'Su archivo se borra de este servicio después de {n} de días.',
      other: 'Su archivo se borra de este servicio después de {n} días.',
    },
    keptResults: {
      one: 'Lo que se calcula con él se borra después de {n} día.',
      many: 'Lo que se calcula con él se borra después de {n} de días.',
      other: 'Lo que se calcula con él se borra después de {n} días.',
    },
    keptBothUntil: 'Su archivo y lo que se calcula con él se guardan hasta que {partner} los borre.',
    keptFileUntil: 'Su archivo se guarda hasta que {partner} lo borre.',
    keptResultsUntil: 'Lo que se calcula con él se guarda hasta que {partner} lo borre.',
    unfinished: 'Si no llega a tiempo, se borra lo que se haya enviado.',
    erase: '¿Quiere que se borre? Pídaselo a {partner}: puede borrarlo para siempre en cualquier momento.',
    promise: 'Este servicio nunca vende su archivo ni lo usa para fines propios.',
    privacy: 'Esta página no usa cookies ni carga nada de otras empresas.',
    policy: 'Cómo trata {partner} sus datos',
    support: 'Ayuda de {partner}',
  },
  otherSource: 'Parece un archivo de {source}. {partner} todavía no puede usarlos.',
  network: NETWORK_ES,
  reasons: REASONS_ES,
  recognised: RECOGNISED_ES,
}
