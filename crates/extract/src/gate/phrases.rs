//! What pages say that are no article, in lower case with straight apostrophes.

/// Parts of ids, classes and paths by which challenges work.
pub(super) const CHALLENGE_MARKS: &[&str] = &[
    "challenge-platform", "cf-challenge", "cf-browser-verification", "challenge-form", "px-captcha", "captcha-container",
    "ddos-guard", "distil_ident", "incapsula", "_incapsula_resource", "botdetect",
];

/// Titles of challenges.
pub(super) const CHALLENGE_TITLES: &[&str] = &[
    "just a moment", "attention required", "access denied", "access to this page has been denied", "are you a robot",
    "robot or human", "please verify you are a human", "verify you are human", "human verification", "security check",
    "security verification", "one more step", "pardon our interruption", "checking your browser",
    "please wait", "bot verification", "captcha", "ddos guard", "forbidden", "403 forbidden", "error 403", "403",
    "too many requests", "429 too many requests", "request blocked", "you have been blocked", "request rejected",
    "un momento", "un instant", "einen moment", "nur einen moment", "зачекайте", "проверка браузера", "you are blocked",
    "sorry you have been blocked", "blocked", "unusual traffic", "verification required", "please stand by",
];

/// What challenges say.
pub(super) const CHALLENGES: &[&str] = &[
    "checking your browser before accessing", "checking if the site connection is secure",
    "verify you are human", "verify that you are human", "verifying you are human", "prove you are human",
    "prove that you are not a robot", "confirm you are not a robot", "confirm that you are not a robot",
    "are you a robot", "i'm not a robot", "complete the captcha", "complete the security check", "solve the captcha",
    "needs to review the security of your connection", "performance & security by", "ddos protection by",
    "unusual traffic from your", "unusual activity from your", "suspicious activity from your",
    "your request has been blocked", "you have been blocked", "access to this page has been denied",
    "you don't have permission to access", "you do not have permission to access", "this request was blocked",
    "incapsula incident id", "request unsuccessful", "enable javascript and cookies to continue",
    "bestätigen sie, dass sie ein mensch sind", "ich bin kein roboter", "je ne suis pas un robot",
    "vérifier que vous êtes humain", "no soy un robot", "verifica que eres humano", "não sou um robô",
    "non sono un robot", "я не робот", "подтвердите, что вы не робот", "nie jestem robotem", "ik ben geen robot",
    "ben robot değilim", "私はロボットではありません", "我不是机器人", "请完成安全验证", "로봇이 아닙니다",
];

/// Titles of pages that are not there.
pub(super) const MISSING_TITLES: &[&str] = &[
    "404", "error 404", "404 error", "404 not found", "http 404", "404 page not found", "404 file not found", "error 404 page not found", "error 404 not found",
    "oops page not found", "sorry page not found", "404 error page not found", "404 seite nicht gefunden",
    "404 page introuvable", "404 página no encontrada", "404 pagina non trovata", "404 страница не найдена",
    "page not found", "page not found 404", "not found", "file not found", "page not available",
    "the page cannot be found", "the page could not be found", "this page could not be found",
    "this page can't be found", "this page isn't available", "this page is not available", "page does not exist",
    "this page does not exist", "article not found", "post not found", "story not found", "content not found",
    "nothing found", "oops", "oops that page can't be found", "that page can't be found", "410 gone", "error",
    "sorry this page isn't available", "page unavailable", "content unavailable", "seite nicht gefunden",
    "fehler 404", "die seite wurde nicht gefunden", "seite existiert nicht", "page introuvable", "page non trouvée",
    "erreur 404", "cette page n'existe pas", "página no encontrada", "pagina no encontrada", "error 404 no encontrado",
    "no encontrado", "página não encontrada", "página não existe", "erro 404", "pagina non trovata", "errore 404",
    "pagina niet gevonden", "страница не найдена", "ошибка 404", "сторінку не знайдено", "сторінка не знайдена",
    "strona nie istnieje", "nie znaleziono strony", "strony nie znaleziono", "błąd 404", "stránka nenalezena",
    "stránka nebyla nalezena", "stránka sa nenašla", "sidan hittades inte", "sidan kunde inte hittas",
    "siden ble ikke funnet", "fant ikke siden", "siden blev ikke fundet", "siden findes ikke", "sivua ei löytynyt",
    "az oldal nem található", "pagina nu a fost găsită", "sayfa bulunamadı", "η σελίδα δεν βρέθηκε",
    "الصفحة غير موجودة", "לא נמצא", "הדף לא נמצא", "صفحه یافت نشد", "halaman tidak ditemukan", "không tìm thấy trang",
    "ไม่พบหน้าที่ต้องการ", "ページが見つかりません", "ページが見つかりませんでした", "お探しのページは見つかりませんでした",
    "页面不存在", "找不到页面", "页面未找到", "您访问的页面不存在", "找不到網頁", "找不到頁面", "페이지를 찾을 수 없습니다",
];

/// What pages that are not there say.
pub(super) const MISSING: &[&str] = &[
    "the page you are looking for", "the page you're looking for", "the page you were looking for",
    "the page you requested", "the page you have requested", "the requested page", "the requested url",
    "we couldn't find the page", "we could not find the page", "we can't find the page", "we cannot find the page",
    "we can't seem to find", "we couldn't find that page", "this page doesn't exist", "this page does not exist",
    "this page no longer exists", "this page has been removed", "this article is no longer available",
    "this article has been removed", "this article has been deleted", "this story is no longer available",
    "this content is no longer available", "this content is not available", "this post has been deleted",
    "this content has been removed", "article you are looking for", "article has expired",
    "nothing was found at this location", "it looks like nothing was found", "no longer exists on this site",
    "the link you followed may be broken", "may have been moved or deleted", "that page can't be found",
    "die gesuchte seite", "die angeforderte seite", "die von ihnen gesuchte seite", "dieser artikel ist nicht mehr verfügbar",
    "la page que vous recherchez", "la page que vous cherchez", "la page demandée", "cet article n'est plus disponible",
    "la página que buscas", "la página que busca", "la página que está buscando", "la página solicitada",
    "esta noticia ya no está disponible", "a página que você procura", "a página que procura", "a página solicitada",
    "la pagina che stai cercando", "la pagina richiesta", "de pagina die je zoekt", "de pagina die u zoekt",
    "запрашиваемая страница", "запрошенная страница", "страница, которую вы ищете", "сторінка, яку ви шукаєте",
    "strona, której szukasz", "stránka, kterou hledáte", "sidan du söker", "siden du leter etter", "siden du leder efter",
    "aradığınız sayfa", "halaman yang anda cari", "お探しのページ", "您要访问的页面", "您要查看的页面", "요청하신 페이지",
];

/// Titles of sites that are away.
pub(super) const UNAVAILABLE_TITLES: &[&str] = &[
    "maintenance", "maintenance mode", "under maintenance", "site under maintenance", "site maintenance",
    "down for maintenance", "scheduled maintenance", "we'll be back", "we'll be back soon", "we will be back soon",
    "be right back", "back soon", "coming soon", "under construction", "service unavailable",
    "503 service unavailable", "503 service temporarily unavailable", "503", "error 503", "temporarily unavailable",
    "site temporarily unavailable", "502 bad gateway", "bad gateway", "504 gateway timeout", "504 gateway time out",
    "gateway timeout", "500 internal server error", "internal server error", "500", "server error",
    "something went wrong", "oops something went wrong", "database error", "error establishing a database connection",
    "account suspended", "site suspended", "site not found", "welcome to nginx", "it works", "default web site page",
    "apache2 ubuntu default page", "apache2 debian default page", "test page for the apache http server",
    "domain for sale", "this domain is for sale", "parked domain", "wartungsarbeiten", "wartung", "wartungsmodus",
    "en maintenance", "site en maintenance", "en mantenimiento", "sitio en mantenimiento", "em manutenção",
    "site em manutenção", "in manutenzione", "sito in manutenzione", "in onderhoud", "onderhoud", "технические работы",
    "сайт на реконструкции", "przerwa techniczna", "probíhá údržba", "underhåll", "bakım çalışması",
    "メンテナンス中", "只今メンテナンス中です", "系统维护", "网站维护中", "시스템 점검",
];

/// What sites that are away say.
pub(super) const UNAVAILABLE: &[&str] = &[
    "we'll be back soon", "we'll be back shortly", "we'll be back online", "we will be back soon", "we will be back shortly", "back online shortly", "back online soon",
    "down for maintenance", "down for scheduled maintenance", "undergoing maintenance",
    "undergoing scheduled maintenance", "performing scheduled maintenance", "performing some maintenance",
    "currently under maintenance", "site is under maintenance", "site is temporarily unavailable", "page is temporarily unavailable", "service is temporarily unavailable",
    "website is temporarily unavailable", "site is temporarily down", "site is currently unavailable",
    "website is currently unavailable", "the server is temporarily unable to service your request",
    "the server encountered an internal error", "error establishing a database connection",
    "this account has been suspended", "this domain is for sale", "this domain may be for sale",
    "this domain is parked", "buy this domain", "website is coming soon",
    "wegen wartungsarbeiten", "wartungsarbeiten nicht erreichbar", "vorübergehend nicht erreichbar",
    "site est en maintenance", "momentanément indisponible", "temporairement indisponible", "estamos en mantenimiento",
    "temporalmente fuera de servicio", "estamos em manutenção", "temporariamente indisponível",
    "sito è in manutenzione", "temporaneamente non disponibile", "ведутся технические работы",
    "временно недоступен", "тимчасово недоступний", "trwają prace techniczne", "tijdelijk niet beschikbaar",
    "メンテナンスのため", "正在维护", "점검 중입니다",
];

/// Titles of pages on which to log in.
pub(super) const LOGIN_TITLES: &[&str] = &[
    "log in", "login", "sign in", "signin", "log in or sign up", "sign in or register", "log in to continue",
    "sign in to continue", "please log in", "please sign in", "login required", "member login", "account login",
    "create account", "create an account", "register", "sign up", "anmelden", "anmeldung", "einloggen", "connexion",
    "se connecter", "identifiez vous", "iniciar sesión", "inicia sesión", "acceder", "entrar", "fazer login",
    "iniciar sessão", "accedi", "inloggen", "вход", "войти", "авторизация", "увійти", "вхід", "zaloguj się",
    "logowanie", "přihlášení", "přihlásit se", "logga in", "logg inn", "log ind", "kirjaudu sisään", "bejelentkezés",
    "autentificare", "giriş yap", "oturum aç", "σύνδεση", "تسجيل الدخول", "התחברות", "masuk", "đăng nhập", "เข้าสู่ระบบ",
    "ログイン", "登录", "登入", "로그인",
];

/// What pages on which to log in say.
pub(super) const LOGINS: &[&str] = &[
    "forgot your password", "forgot password", "please log in to continue", "please sign in to continue",
    "sign in to continue reading", "log in to continue reading", "you must log in to", "you must be logged in",
    "you need to log in", "you need to sign in", "log in or create an account", "sign in or create an account",
    "don't have an account? sign up", "passwort vergessen", "mot de passe oublié", "olvidaste tu contraseña",
    "olvidó su contraseña", "esqueceu sua senha", "esqueceu a senha", "password dimenticata", "wachtwoord vergeten",
    "забыли пароль", "nie pamiętasz hasła", "zapomenuté heslo", "glömt lösenord", "şifremi unuttum",
    "パスワードを忘れた", "忘记密码", "비밀번호 찾기",
];

/// What consent walls say of themselves.
pub(super) const CONSENTS: &[&str] = &[
    "before you continue to", "we value your privacy", "we care about your privacy", "your privacy is important to us",
    "your privacy choices", "we and our partners", "we, and our partners", "we use cookies", "this site uses cookies",
    "this website uses cookies", "our site uses cookies", "accept all", "accept cookies", "reject all",
    "manage your choices", "manage preferences", "manage cookies", "cookie preferences", "withdraw your consent",
    "withdraw consent", "store and/or access information on a device", "precise geolocation data",
    "bevor sie fortfahren", "wir und unsere partner", "wir verwenden cookies", "wir nutzen cookies",
    "diese website verwendet cookies", "alle akzeptieren", "alles akzeptieren", "alle ablehnen", "mit werbung weiterlesen",
    "ihre einwilligung", "mit werbung und tracking", "avant de continuer", "nous et nos partenaires",
    "nous utilisons des cookies", "tout accepter", "tout refuser", "continuer sans accepter", "vos choix en matière de",
    "antes de continuar", "nosotros y nuestros socios", "utilizamos cookies", "usamos cookies", "aceptar todo",
    "rechazar todo", "nós e os nossos parceiros", "nós e nossos parceiros", "aceitar tudo", "rejeitar tudo",
    "noi e i nostri partner", "utilizziamo i cookie", "accetta tutto", "rifiuta tutto", "wij en onze partners",
    "wij gebruiken cookies", "we gebruiken cookies", "alles accepteren", "alles afwijzen", "мы используем cookie",
    "мы используем файлы cookie", "принять все", "ми використовуємо файли cookie", "używamy plików cookie",
    "my i nasi partnerzy", "akceptuję wszystkie", "používáme cookies", "přijmout vše", "vi använder cookies",
    "acceptera alla", "vi bruker informasjonskapsler", "vi bruger cookies", "käytämme evästeitä", "çerezleri kullanıyoruz",
    "クッキーを使用しています", "cookieを使用しています", "쿠키를 사용합니다",
];

/// Parts of words that are spoken about sites, their readers and what is kept of them.
pub(super) const CONSENT_WORDS: &[&str] = &[
    "site", "partner", "device", "browser", "experience", "personali", "consent", "agree", "settings", "privacy",
    "traffic", "advert", "analy", "your data", "personal data", "third part", "seite", "gerät", "nutzer", "einwillig",
    "zustimm", "werbung", "datenschutz", "daten", "expérience", "appareil", "publicit", "confidential", "données",
    "sitio", "dispositivo", "experiencia", "anuncio", "privacidad", "datos", "dados", "dados pessoais", "experiência",
    "dispositivo", "pubblicit", "esperienza", "dati", "ervaring", "apparaat", "gegevens", "toestemming", "webbplats",
    "upplevelse", "enhet", "nettsted", "opplevelse", "hjemmeside", "oplevelse", "sivusto", "käyttökokemu", "stron",
    "urządzen", "zgod", "stránk", "zařízen", "souhlas", "сайт", "устройств", "соглас", "данны", "пристро", "згод",
    "tracking", "drittanbiet", "tiers", "terceros", "werbefrei",
    "サイト", "端末", "同意", "网站", "同意", "사이트", "동의", "cihaz", "deneyim", "rıza",
];

/// What stubs of paid articles say.
pub(super) const PAYWALLS: &[&str] = &[
    "subscribe to continue reading", "subscribe to keep reading", "subscribe to read the full",
    "subscribe to read this", "subscribe now to read", "subscribe to unlock", "subscribe for full access",
    "subscribe to access this", "to continue reading this article", "to continue reading, subscribe",
    "to read the full story", "to read the full article", "to read the rest of this", "to read this article, subscribe",
    "this article is for subscribers", "this article is reserved for subscribers", "this content is for subscribers",
    "this content is for members", "this post is for paying subscribers", "this post is for paid subscribers",
    "this post is for subscribers", "this story is for subscribers", "for subscribers only", "subscriber-only content",
    "subscriber only content", "exclusive to subscribers", "exclusive for subscribers", "available to subscribers",
    "members only", "become a member to read", "you have reached your limit of free articles",
    "you've reached your limit of free articles", "you have read all your free articles", "your free articles",
    "start your free trial to read", "register to read", "create a free account to continue", "unlock this article",
    "nur für abonnenten", "exklusiv für abonnenten", "jetzt weiterlesen", "weiterlesen mit", "diesen artikel weiterlesen",
    "um den artikel zu lesen", "um weiterzulesen", "abonnieren und weiterlesen", "lesen sie weiter mit",
    "réservé aux abonnés", "réservée aux abonnés", "réservé à nos abonnés", "article abonné", "de cet article à lire",
    "pour lire la suite", "abonnez-vous pour lire", "la suite est réservée", "solo para suscriptores",
    "exclusivo para suscriptores", "suscríbete para seguir leyendo", "suscríbete para leer", "suscríbase para leer",
    "regístrate para seguir leyendo", "exclusivo para assinantes", "conteúdo exclusivo para", "assine para continuar",
    "assine para ler", "para continuar lendo", "riservato agli abbonati", "contenuto riservato agli abbonati",
    "abbonati per continuare", "abbonati per leggere", "per continuare a leggere", "alleen voor abonnees",
    "exclusief voor abonnees", "verder lezen?", "om verder te lezen", "lees verder met", "только для подписчиков",
    "доступно по подписке", "чтобы читать дальше", "тільки для передплатників", "dla prenumeratorów",
    "dla subskrybentów", "aby czytać dalej", "wykup dostęp", "pouze pro předplatitele", "pro předplatitele",
    "för prenumeranter", "logga in för att läsa", "bli prenumerant", "for abonnenter", "kun for abonnenter",
    "logg inn for å lese", "vain tilaajille", "tilaajille", "csak előfizetőknek", "pentru abonați", "sadece abonelere",
    "συνδρομητές μόνο", "للمشتركين فقط", "למנויים בלבד", "有料会員限定", "この記事は会員限定", "続きを読むには", "会员专享",
    "订阅后阅读", "訂閱後閱讀", "구독자 전용",
];

/// What pages say that show nothing without scripts.
pub(super) const SCRIPTS: &[&str] = &[
    "enable javascript", "activate javascript", "turn on javascript", "javascript is disabled", "javascript is required",
    "requires javascript", "javascript disabled", "javascript is not enabled", "javascript turned off", "javascript is turned off",
    "does not support javascript", "javascript ist deaktiviert", "javascript est désactivé", "javascript está desactivado",
    "javascript aktivieren", "aktivieren sie javascript", "activer javascript",
    "activez javascript", "active javascript", "activar javascript", "habilite o javascript", "ative o javascript",
    "attiva javascript", "abilita javascript", "включите javascript", "увімкніть javascript", "włącz javascript",
    "javascriptを有効", "启用javascript", "启用 javascript", "자바스크립트를",
];

/// What pages that ask for scripts ask for besides.
pub(super) const BROWSERS: &[&str] = &[
    "ad blocker", "ad-blocker", "adblock", "reload this page", "reload the page", "refresh the page", "refresh this page",
    "update your browser", "another browser", "a modern browser", "turn it on", "list of exceptions", "whitelist",
    "werbeblocker", "laden sie die seite neu", "seite neu laden", "bloqueur de publicité", "rechargez la page",
    "recharger la page", "bloqueador de anuncios", "recargue la página", "recarga la página", "bloqueador de anúncios",
    "recarregue a página", "ricarica la pagina", "vernieuw de pagina", "обновите страницу", "блокировщик рекламы",
    "odśwież stronę", "reklam engelleyici", "再読み込み", "刷新页面", "새로고침",
];
